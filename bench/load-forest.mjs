// Loading a forest of some 100 MB: seconds and memory, each measured in its own process.
//
//   node bench/load-forest.mjs [rounds]
//
// Python needs scikit-learn: the virtual environment that bench/predict.mjs makes.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { ensurePackages, note, projectRoot, run } from "../scripts/setup.mjs";

const rounds = Number(process.argv[2] ?? 5);
const folder = join(projectRoot, ".build", "bench", "predict");
const python = join(folder, "python", "bin", "python");
const file = join(folder, "forest-100mb.joblib");
const fit = `
import joblib, numpy as np
from sklearn.ensemble import RandomForestRegressor
rng = np.random.default_rng(1)
rows = rng.normal(size=(20000, 20)).astype(np.float32)
joblib.dump(RandomForestRegressor(52, random_state=1).fit(rows, rng.normal(size=20000)), ${JSON.stringify(file)})
`;
const program = `
import { readFileSync } from "node:fs";
import { readModel } from ${JSON.stringify(join(folder, "model.mjs"))};
import { compileWat } from "../scripts/wat.mjs";
const bytes = readFileSync(${JSON.stringify(file)});
const before = process.memoryUsage.rss() - bytes.length;
const start = performance.now();
const model = await readModel(bytes);
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ seconds, peak: process.resourceUsage().maxRSS * 1024 - before, trees: model.signature.parameters.trees }));
`;

ensurePackages();
mkdirSync(folder, { recursive: true });
if (!existsSync(python)) throw new Error("Run node bench/predict.mjs first: it makes the virtual environment.");
await build({
  entryPoints: ["src/model/index.ts"],
  outfile: join(folder, "model.mjs"),
  bundle: true,
  plugins: [compileWat],
  format: "esm",
  platform: "node",
  external: ["onnxruntime-node"],
  absWorkingDir: projectRoot,
});
if (!existsSync(file)) {
  note("Fitting the forest ...");
  run(python, ["-c", fit]);
}
const { size } = statSync(file);
const measured = Array.from({ length: rounds }, () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
});
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = median(measured.map((one) => one.seconds));
const times = median(measured.map((one) => one.peak)) / size;
console.log(
  `${(size / 1e6).toFixed(0)} MB, ${measured[0].trees} trees, Node ${process.versions.node}, median of ${rounds}`,
);
console.log(`read in ${seconds.toFixed(2)} s (bar: 0.5)`);
console.log(`peak memory ${times.toFixed(2)} times the file, its own bytes included (bar: 2.5)`);
