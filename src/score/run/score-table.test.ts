import assert from "node:assert/strict";
import { appendFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { parquetReadObjects } from "hyparquet";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { systemClock } from "../../base/index.js";
import type { Feature, Model, Signature, Table } from "../../model/index.js";
import { ScoreError } from "../errors.js";
import { fileFormat } from "../format.js";
import { type ScoreOptions, scoreTable } from "./score-table.js";

const feature = (name: string, kind: Feature["kind"] = "number", missing = false): Feature => ({ name, kind, missing });

const signature: Signature = {
  format: "pickle",
  type: "sum",
  libraries: {},
  features: [feature("a"), feature("b", "number", true)],
  named: true,
  classes: ["no", "yes"],
  methods: [
    { name: "predict", output: { kind: "label" } },
    { name: "predict_proba", output: { kind: "number", columns: 2 } },
  ],
  parameters: {},
};

/** "yes" where a + b > 1; a missing b counts as 0. Rejects an `a` of 13. */
function sumModel(changes: Partial<Signature> = {}): Model {
  return {
    signature: { ...signature, ...changes },
    run(method, table) {
      const sums = sumsOf(table);
      if (method === "predict") return { shape: [sums.length], data: sums.map((sum) => (sum > 1 ? "yes" : "no")) };
      return { shape: [sums.length, 2], data: Float64Array.from(sums.flatMap((sum) => [1 - sum / 100, sum / 100])) };
    },
  };
}

function sumsOf(table: Table): number[] {
  if (table.kind !== "matrix") throw new Error("Expected a matrix");
  return Array.from({ length: table.rows }, (_, row) => {
    const [a = 0, b = 0] = table.data.subarray(2 * row, 2 * row + 2);
    if (a === 13) throw new ScoreError("score-row-rejected", `Bad luck at row ${row + 1}`);
    return a + (Number.isNaN(b) ? 0 : b);
  });
}

async function score(directory: string, from: string, to: string, changes: Partial<ScoreOptions> = {}) {
  const inputPath = join(directory, from);
  const outputPath = join(directory, to);
  const none = { format: undefined, delimiter: undefined };
  return scoreTable({
    model: sumModel(),
    scorers: { calls: 2 },
    modelDigest: "sum",
    methods: ["predict"],
    input: { ...fileFormat(from, none), path: inputPath, stream: async function* () {} },
    output: { ...fileFormat(to, none), path: outputPath, write: async () => {} },
    columns: undefined,
    hasHeader: true,
    prefix: "",
    rejects: `${outputPath}.rejects.csv`,
    rejectsMax: Number.POSITIVE_INFINITY,
    clock: systemClock,
    stop: new AbortController().signal,
    onProgress: () => {},
    ...changes,
  });
}

/** Scores a small file and returns what was written. */
async function scored(
  t: TestContext,
  content: string,
  changes: Partial<ScoreOptions> = {},
  [from, to] = ["in.csv", "out.csv"],
) {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, from!), content);
  await score(directory, from!, to!, changes);
  const rejects = join(directory, `${to}.rejects.csv`);
  return {
    output: readFileSync(join(directory, to!), "utf8"),
    rejects: existsSync(rejects) ? readFileSync(rejects, "utf8") : undefined,
    files: readdirSync(directory).sort(),
  };
}

test("finds columns by name, and copies the other ones as they are", async (t) => {
  const { output, files } = await scored(t, 'id,b,a,note\n07,0.50,1e0,"x, ""y"""\n08,0,.5,\n');

  assert.equal(output, 'id,b,a,note,prediction\n07,0.50,1e0,"x, ""y""",yes\n08,0,.5,,no\n');
  assert.deepEqual(files, ["in.csv", "out.csv"]);
});

test("writes a column for each class, and several methods side by side", async (t) => {
  const { output } = await scored(t, "a,b\n20,30\n", { methods: ["predict_proba", "predict"], prefix: "my_" });

  assert.equal(output, "a,b,my_probability_no,my_probability_yes,my_prediction\n20,30,0.5,0.5,yes\n");
});

test("reads an empty cell as a missing value where the model allows one, and rejects the row where not", async (t) => {
  const { output, rejects } = await scored(t, "a,b\n2,\n,2\nNA,2\n2,NaN\n");

  assert.equal(output, "a,b,prediction\n2,,yes\n2,NaN,yes\n");
  const reason = '"Missing value in column ""a""; expected a number"';
  assert.equal(rejects, `line,reason,row\n3,${reason},",2"\n4,${reason},"NA,2"\n`);
});

test("rejects rows with a reason and their line, and goes on", async (t) => {
  const { output, rejects } = await scored(t, 'a,b,c\n2,1,"two\nlines"\nx,1,\n1,2\n13,0,bad\n\n3,0,\n1,inf,\n');

  assert.equal(output, 'a,b,c,prediction\n2,1,"two\nlines",yes\n3,0,,yes\n');
  assert.equal(
    rejects,
    [
      "line,reason,row",
      '4,"Expected a number in column ""a"", found ""x""","x,1,"',
      '5,The row has 2 cells; the header has 3,"1,2"',
      '6,Bad luck,"13,0,bad"',
      '9,"Expected a finite number in column ""b"", found ""inf""","1,inf,"',
      "",
    ].join("\n"),
  );
});

test("keeps CRLF line breaks, and drops a byte order mark", async (t) => {
  const { output } = await scored(t, "\uFEFFa,b\r\n2,0\r\n");

  assert.equal(output, "a,b,prediction\n2,0,yes\r\n");
});

test("takes the columns of a file without a header in the model's order", async (t) => {
  const { output } = await scored(t, "2,0\n0,0\n", { hasHeader: false, model: sumModel({ named: false }) });

  assert.equal(output, "2,0,yes\n0,0,no\n");
});

test("reads and writes tabs and gzip by the names of the files", async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, "in.tsv.gz"), gzipSync("a\tb\n2\t0\n"));

  await score(directory, "in.tsv.gz", "out.csv.gz");

  assert.equal(gunzipSync(readFileSync(join(directory, "out.csv.gz"))).toString(), "a,b,prediction\n2,0,yes\n");
});

test("adds predictions to the objects of JSON Lines, whose keys are in any order", async (t) => {
  const rows = '{"a": 2, "b": 0, "id": 12345678901234567890}\n\n{"b": null, "a": 0}\nnot JSON\n[2, 3]\n{"a": 1}\n';
  const { output, rejects } = await scored(t, rows, {}, ["in.jsonl", "out.jsonl"]);

  assert.equal(
    output,
    '{"a": 2, "b": 0, "id": 12345678901234567890,"prediction":"yes"}\n{"b": null, "a": 0,"prediction":"no"}\n' +
      '{"values":[2, 3],"prediction":"yes"}\n',
  );
  assert.match(rejects ?? "", /^line,reason,row\n4,.*not JSON\n6,"The row has no ""b""".*\n$/s);
});

for (const [name, input, changes, code] of [
  ["an empty file", "", {}, "score-input-empty"],
  ["a header alone", "a,b\n", {}, "score-input-empty"],
  ["a missing column", "a,c\n1,2\n", {}, "score-columns"],
  ["a header of numbers", "1,2\n1,2\n", {}, "score-header"],
  ["a duplicate column", "a,b,a\n1,2,3\n", {}, "score-header"],
  ["a column with the name of a prediction", "a,b,prediction\n1,2,3\n", {}, "score-column-exists"],
  ["first rows that are all wrong", "a,b\nx,2\ny,3\n", {}, "score-all-rejected"],
  ["more rejected rows than allowed", "a,b\n1,1\nx,2\ny,3\n", { rejectsMax: 1 }, "score-too-many-rejects"],
  ["a double quote that is not closed", `a,b\n"${"x\n".repeat(9 << 20)}`, {}, "score-record-too-long"],
  ["other columns of a model without names", "x,y,z\n1,2,3\n", { model: sumModel({ named: false }) }, "score-columns"],
] as const) {
  test(`rejects ${name}`, async (t) => {
    await assert.rejects(scored(t, input, changes), { code });
  });
}

const manyRows = 150_000;

function writeMany(directory: string): void {
  const lines = Array.from({ length: manyRows }, (_, i) => `${i},${i % 7},"city ${i % 3}"`);
  lines[140_000] = 'x,1,"bad"';
  writeFileSync(join(directory, "in.csv"), `a,b,city\n${lines.join("\n")}\n`);
  const rows = lines.map((_, i) => `{"a":${i === 140_000 ? '"x"' : i},"b":${i % 7},"city":"city ${i % 3}"}\n`);
  writeFileSync(join(directory, "in.jsonl"), rows.join(""));
}

for (const [from, to] of [
  ["in.csv", "out.csv"],
  ["in.csv", "out.csv.gz"],
  ["in.jsonl", "out.jsonl"],
  ["in.csv", "out.parquet"],
  ["in.parquet", "out.parquet"],
] as const) {
  test(`a run from ${from} to ${to} that is interrupted after each block writes the same bytes`, async (t) => {
    const directory = temporaryDirectory(t);
    writeMany(directory);
    if (from === "in.parquet") await score(directory, "in.csv", "in.parquet", { prefix: "earlier_" });
    await score(directory, from, `whole-${to}`);

    let runs = 1;
    for (; ; runs++) {
      const controller = new AbortController();
      const options = { stop: controller.signal, onProgress: () => controller.abort(), checkpointEveryMs: 0 };
      try {
        await score(directory, from, to, options);
        break;
      } catch (error) {
        assert.equal((error as { code?: string }).code, "score-interrupted");
        // What a killed process leaves: bytes after the last checkpoint, and a line of the journal that was cut short.
        appendFileSync(join(directory, `${to}.partial`), "more");
        appendFileSync(join(directory, `${to}.journal`), '{"position": 1');
      }
    }

    assert.ok(runs > 2, `${runs} runs`);
    for (const suffix of ["", ".rejects.csv"]) {
      const [whole, resumed] = [`whole-${to}${suffix}`, `${to}${suffix}`].map((name) => join(directory, name));
      assert.equal(existsSync(resumed!), existsSync(whole!));
      if (existsSync(whole!)) assert.ok(readFileSync(resumed!).equals(readFileSync(whole!)), suffix);
    }
    assert.deepEqual(
      readdirSync(directory).filter((name) => /partial|journal/.test(name)),
      [],
    );
  });
}

for (const [name, change] of [
  ["another model", { modelDigest: "another" }],
  ["other methods", { methods: ["predict_proba"] }],
] as const) {
  test(`starts over with ${name} than the interrupted run's`, async (t) => {
    const directory = temporaryDirectory(t);
    writeMany(directory);
    const controller = new AbortController();
    await assert.rejects(
      score(directory, "in.csv", "out.csv", { stop: controller.signal, onProgress: () => controller.abort() }),
    );

    const { resumedRows, rows } = await score(directory, "in.csv", "out.csv", change);

    // Two rows are rejected.
    assert.deepEqual([resumedRows, rows], [0, manyRows - 2]);
  });
}

test("starts over if the output of the interrupted run is shorter than its journal says", async (t) => {
  const directory = temporaryDirectory(t);
  writeMany(directory);
  const controller = new AbortController();
  await assert.rejects(
    score(directory, "in.csv", "out.csv", { stop: controller.signal, onProgress: () => controller.abort() }),
  );
  truncateSync(join(directory, "out.csv.partial"), 10);

  assert.equal((await score(directory, "in.csv", "out.csv")).resumedRows, 0);
});

test("worker threads write what this thread writes", async (t) => {
  const directory = temporaryDirectory(t);
  const line = (i: number) => `${4 + (i % 40) / 10},3.${i % 10},${1 + (i % 60) / 10},${(i % 25) / 10}\n`;
  writeFileSync(join(directory, "in.csv"), `p,q,r,s\n${Array.from({ length: 120_000 }, (_, i) => line(i)).join("")}`);
  const { readModelFiles } = await import("../worker/model-files.js");
  const { projectPath } = await import("../../../test/support/project.js");
  const files = [{ name: "iris.sav", bytes: readFileSync(projectPath("examples/iris/iris_model.sav")) }];
  const model = await readModelFiles(files);
  const options = { model, methods: ["predict", "predict_proba"] } as const;

  await score(directory, "in.csv", "one.csv", options);
  await score(directory, "in.csv", "threads.csv", { ...options, scorers: { files, threads: 2 } });

  assert.ok(readFileSync(join(directory, "threads.csv")).equals(readFileSync(join(directory, "one.csv"))));
});

test("writes Parquet files with the types of their values", async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, "in.jsonl"), '{"a":2,"b":0,"ok":true,"tags":["x"]}\n{"a":0.5,"b":null,"s":"é"}\n');

  await score(directory, "in.jsonl", "out.parquet", { methods: ["predict", "predict_proba"] });

  const file = readFileSync(join(directory, "out.parquet"));
  const rows = await parquetReadObjects({ file: file.buffer.slice(file.byteOffset, file.byteOffset + file.length) });
  assert.deepEqual(rows, [
    { a: 2, b: 0, ok: true, tags: '["x"]', s: null, prediction: "yes", probability_no: 0.98, probability_yes: 0.02 },
    { a: 0.5, b: null, ok: null, tags: null, s: "é", prediction: "no", probability_no: 0.995, probability_yes: 0.005 },
  ]);
});
