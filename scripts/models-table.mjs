// The table of estimators in docs/models.md, from a run over all fixtures of scikit-learn.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { projectRoot } from "./setup.mjs";
import { compileWat } from "./wat.mjs";

const begin = "<!-- written by npm run docs: begin -->";
const end = "<!-- written by npm run docs: end -->";
const fixtures = join(projectRoot, "src", "model", "sklearn", "fixtures");
const methodOrder = [
  "predict",
  "predict_proba",
  "predict_log_proba",
  "decision_function",
  "transform",
  "score_samples",
];

/** docs/models.md with a new table. */
export async function modelsPage() {
  const page = readFileSync(join(projectRoot, "docs", "models.md"), "utf8");
  const [before, rest] = page.split(begin);
  const [, after] = rest.split(end);
  return `${before}${begin}\n\n${await modelsTable()}\n\n${end}${after}`;
}

async function modelsTable() {
  const { readModel, fixtureTable, numberOf } = await compiled();
  const rows = new Map();
  for (const version of readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const directory = join(fixtures, version.name);
    for (const name of readdirSync(directory).filter((file) => file.endsWith(".json"))) {
      const { files, sklearn, input, outputs } = JSON.parse(readFileSync(join(directory, name), "utf8"));
      for (const { file } of files) {
        const model = await readModel(readFileSync(join(directory, file)));
        const { type } = model.signature;
        const row = rows.get(type) ?? {
          versions: new Set(),
          methods: new Set(),
          labels: 0,
          floats: 0,
          equal: 0,
          worst: 0,
        };
        rows.set(type, row);
        row.versions.add(sklearn);
        for (const [method, expected] of Object.entries(outputs)) {
          row.methods.add(method);
          count(row, await model.run(method, fixtureTable(input, model.signature)), expected, numberOf);
        }
      }
    }
  }
  return [
    "| estimator | scikit-learn | methods | labels, all equal | floats | equal to the last bit | largest difference |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...[...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, row]) => rowText(type, row)),
  ].join("\n");
}

function count(row, result, expected, numberOf) {
  const { data } = result;
  const parts = result.parts ?? [];
  const lists = expected.list ?? [];
  for (const [index, part] of parts.entries()) if (lists[index]) count(row, part, lists[index], numberOf);
  if (!expected.dtype?.includes("f")) {
    row.labels += data.length;
    return;
  }
  const numbers = expected.data.map(numberOf);
  const largest = Math.max(...numbers.filter(Number.isFinite).map(Math.abs));
  for (const [index, number] of numbers.entries()) {
    const found = Number(data[index]);
    row.floats++;
    if (Object.is(found, number) || found === number) row.equal++;
    else row.worst = Math.max(row.worst, Math.abs(found - number) / largest);
  }
}

function rowText(type, { versions, methods, labels, floats, equal, worst }) {
  const number = (value) => value.toLocaleString("en-US");
  const cells = [
    type,
    [...versions].sort((a, b) => a.localeCompare(b, "en", { numeric: true })).join(", "),
    methodOrder.filter((method) => methods.has(method)).join(", "),
    labels > 0 ? number(labels) : "",
    floats > 0 ? number(floats) : "",
    floats > 0 ? (equal === floats ? "all" : number(equal)) : "",
    // Rounded up to a power of 10: the last digits are those of one machine's linear algebra library.
    floats > 0 && equal < floats ? `1e${Math.ceil(Math.log10(worst))}` : floats > 0 ? "0" : "",
  ];
  return `| ${cells.join(" | ")} |`;
}

/** The model room, and the functions with which tests read fixtures. */
async function compiled() {
  mkdirSync(join(projectRoot, ".build"), { recursive: true });
  const directory = mkdtempSync(join(projectRoot, ".build", "models-"));
  try {
    await build({
      stdin: {
        contents: `export { readModel } from "./src/model/index.ts"; export { fixtureTable, numberOf } from "./test/support/model-fixtures.ts";`,
        resolveDir: projectRoot,
      },
      bundle: true,
      plugins: [compileWat],
      platform: "node",
      format: "esm",
      outfile: join(directory, "models.mjs"),
      external: ["onnxruntime-node"],
      absWorkingDir: projectRoot,
    });
    return await import(pathToFileURL(join(directory, "models.mjs")).href);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
