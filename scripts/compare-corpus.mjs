// Compares predictions with scikit-learn's over directories of model files, for development and for docs/models.md.
//   node scripts/compare-corpus.mjs DIRECTORY... [--only REGEX] [--quiet]
// A directory contains what src/model/sklearn/fixtures/generate.py writes: NAME.json (inputs and scikit-learn's own
// outputs) beside the files that it lists. Prints one line for each case that is not equal, then counts.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { projectRoot } from "./setup.mjs";
import { compileWat } from "./wat.mjs";

/** scikit-learn's own results differ by as much between BLAS builds, by more where sums cancel. */
const relativeMax = 1e-10;
const absoluteMax = 1e-12;

/** The share of floats within this, relative or absolute, is what the README promises. */
const closeMax = 1e-12;

const { values: options, positionals: directories } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string", default: "" }, quiet: { type: "boolean", default: false } },
});
const outfile = join(projectRoot, ".build", `model-${process.pid}.mjs`);
await build({
  entryPoints: [join(projectRoot, "src/model/index.ts")],
  bundle: true,
  plugins: [compileWat],
  platform: "node",
  format: "esm",
  outfile,
  logLevel: "error",
});
process.on("exit", () => rmSync(outfile, { force: true }));
const { readModel, readTable, toList } = await import(outfile);

const only = new RegExp(options.only);
for (const directory of directories) {
  const counts = {
    equal: 0,
    different: 0,
    rejected: 0,
    outputs: 0,
    bitEqual: 0,
    methodsMissing: 0,
    floats: 0,
    close: 0,
  };
  for (const name of readdirSync(directory).filter((file) => file.endsWith(".json"))) {
    const fixture = JSON.parse(readFileSync(join(directory, name), "utf8"));
    if (!Array.isArray(fixture.files) || !only.test(`${fixture.name} ${fixture.class}`)) continue;
    for (const { file } of fixture.files) await compareFile(directory, file, fixture, counts);
  }
  console.log(
    `${directory}: ${counts.equal} files equal, ${counts.different} different, ${counts.rejected} rejected; ` +
      `${counts.outputs} outputs compared, ${counts.bitEqual} equal to the last bit, ${counts.methodsMissing} methods missing; ` +
      `${counts.close} of ${counts.floats} floats (${((100 * counts.close) / counts.floats).toFixed(2)} %) within ${closeMax}`,
  );
}

async function compareFile(directory, file, fixture, counts) {
  let model;
  try {
    model = await readModel(new Uint8Array(readFileSync(join(directory, file))));
  } catch (error) {
    counts.rejected++;
    say(`REJECTED  ${file} (${fixture.class}): ${error.code ?? error.stack} ${error.code ? error.message : ""}`);
    return;
  }
  const faults = [];
  for (const [output, expected] of Object.entries(fixture.outputs)) {
    // kneighbors returns two arrays.
    const [, pair, half] = /^(kneighbors)_(distance|index)$/.exec(output) ?? [];
    const method = pair ?? output;
    if (!model.signature.methods.some(({ name }) => name === method)) {
      counts.methodsMissing++;
      faults.push(`${method}: missing`);
      continue;
    }
    try {
      const result = toList(await model.run(method, tableOf(fixture.input, model.signature)));
      const found = half ? result[half === "distance" ? 0 : 1] : result;
      const fault = compare(found, listOf(expected), expected);
      counts.outputs++;
      counts.floats += fault.floats ?? 0;
      counts.close += fault.close ?? 0;
      if (fault.exact) counts.bitEqual++;
      else if (fault.text) faults.push(`${method}: ${fault.text}`);
    } catch (error) {
      faults.push(`${method}: ${error.code ?? error.stack} ${error.code ? error.message : ""}`);
    }
  }
  if (faults.length === 0) counts.equal++;
  else {
    counts.different++;
    say(`DIFFERENT ${file} (${fixture.class}): ${faults.join("; ")}`);
  }
}

function say(line) {
  if (!options.quiet) console.log(line);
}

/** The case's input as a table: numbers as a matrix, which may contain NaN; anything else as in a request. */
function tableOf(input, signature) {
  if (input.kind === "labels" && !Array.isArray(input.data[0]))
    return { kind: "frame", rows: input.data.length, columns: [input.data] };
  if (input.kind === "array" && input.dtype !== "|O" && !/[US]/.test(input.dtype)) {
    const [rows, columns = 1] = input.shape;
    return { kind: "matrix", rows, columns, data: Float64Array.from(input.data, Number) };
  }
  if (input.kind === "array") {
    const columns = input.shape[1] ?? 1;
    const rows = Array.from({ length: input.shape[0] }, (_, row) =>
      input.data.slice(row * columns, (row + 1) * columns),
    );
    return readTable(
      rows.map((row) => row.map(missingAsNull)),
      signature,
    );
  }
  if (input.kind === "table") {
    const rows = input.rows.map((row) => row.map(missingAsNull));
    return readTable(
      signature.named ? rows.map((row) => Object.fromEntries(row.map((v, i) => [input.columns[i], v]))) : rows,
      signature,
    );
  }
  return readTable(input.values ?? input.data, signature);
}

function missingAsNull(value) {
  return value === "NaN" ? null : value;
}

/** The expected output as nested lists. */
function listOf({ list, shape, data }) {
  if (list) return list.map(listOf);
  let rest = data;
  for (const length of shape.slice(1).reverse()) {
    rest = Array.from({ length: rest.length / length || 0 }, (_, index) =>
      rest.slice(index * length, (index + 1) * length),
    );
  }
  return rest;
}

function compare(found, expected, { dtype, list }) {
  const a = [found].flat(Number.POSITIVE_INFINITY);
  const b = [expected].flat(Number.POSITIVE_INFINITY);
  if (a.length !== b.length) return { text: `${a.length} values, scikit-learn has ${b.length}` };
  const floats = list ? true : dtype.includes("f");
  let exact = true;
  let worst = 0;
  let close = 0;
  let text;
  for (const [index, one] of a.entries()) {
    const other = b[index];
    if (!floats) {
      if (String(one) !== String(other))
        return { text: `value ${index} is ${String(one)}, scikit-learn says ${other}` };
      continue;
    }
    const x = one === null ? Number.NaN : Number(one);
    const y = Number(other);
    if (x === y || (Number.isNaN(x) && !Number.isFinite(y))) {
      close++;
      continue;
    }
    exact = false;
    const difference = Math.abs(x - y);
    const relative = difference / Math.abs(y);
    worst = Math.max(worst, relative);
    if (relative <= closeMax || difference <= closeMax) close++;
    else if (!(relative <= relativeMax || difference <= absoluteMax)) {
      text ??= `value ${index} is ${x}, scikit-learn says ${y} (relative ${relative.toExponential(1)})`;
    }
  }
  return { exact, worst, text, ...(floats && { floats: a.length, close }) };
}
