// A table scored from file to file: tepal score on all processors, against pandas.read_csv, scikit-learn's predict and
// to_csv in one process, in one run, in turns. Wall-clock time and the processor's time of both; only the ratios are
// comparable. The predictions must be equal.
//
//   node bench/score.mjs [rounds] [rows]
//
// pandas and scikit-learn are installed once into .build/bench/score.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ensureBuild, ensurePackages, note, projectRoot, run } from "../scripts/setup.mjs";

const [rounds, rows] = [process.argv[2] ?? 3, process.argv[3] ?? 1_000_000].map(Number);
const folder = join(projectRoot, ".build", "bench", "score");
const python = join(folder, "python", "bin", "python");
const program = join(projectRoot, "bench", "score.py");
const table = join(folder, `rows-${rows}.csv`);
const command = join(projectRoot, "dist", "tepal.js");

ensurePackages();
await ensureBuild();
mkdirSync(folder, { recursive: true });
if (!existsSync(python)) {
  note("Making a virtual environment with pandas and scikit-learn ...");
  run("python3", ["-m", "venv", join(folder, "python")]);
  run(python, ["-m", "pip", "install", "--quiet", "scikit-learn==1.7.2", "pandas==2.3.3"]);
}
if (!existsSync(table)) run(python, [program, "make", folder, String(rows)]);

for (const model of ["logistic", "forest"]) {
  const file = join(folder, `${model}.pkl`);
  const [ours, theirs] = ["tepal.csv", "pandas.csv"].map((name) => join(folder, name));
  const ratios = { seconds: [], processor: [] };
  for (let round = 0; round < rounds; round++) {
    const peer = measured(python, [program, "score", file, table, theirs]);
    const own = measured(process.execPath, [command, "score", file, table, "--output", ours]);
    ratios.seconds.push(peer.seconds / own.seconds);
    ratios.processor.push(peer.processor / own.processor);
    note(`${model}: tepal ${shown(own)}; pandas and scikit-learn ${shown(peer)}`);
  }
  run(python, [program, "compare", ours, theirs]);
  console.log(
    `${model}, ${rows} rows: ${median(ratios.seconds)} times as fast, ${median(ratios.processor)} times less processor`,
  );
}

/** The wall-clock time of a program, and the processor's time that it and its threads used. */
function measured(file, args) {
  const start = performance.now();
  const timed = spawnSync(
    "python3",
    [
      "-c",
      "import resource, subprocess, sys\n" +
        "status = subprocess.run(sys.argv[1:], stdout=sys.stderr).returncode\n" +
        "usage = resource.getrusage(resource.RUSAGE_CHILDREN)\n" +
        "print(usage.ru_utime + usage.ru_stime)\n" +
        "sys.exit(status)",
      file,
      ...args,
    ],
    { encoding: "utf8", env: { PATH: process.env.PATH, HOME: process.env.HOME } },
  );
  if (timed.status !== 0) throw new Error(`${file} ${args.join(" ")} failed: ${timed.stderr}`);
  return { seconds: (performance.now() - start) / 1000, processor: Number(timed.stdout) };
}

function shown({ seconds, processor }) {
  return `${seconds.toFixed(2)} s (${processor.toFixed(2)} s of processor)`;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)].toPrecision(2);
}
