// A virtual environment with the Python tools of tests, kept between runs.

import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { missing } from "./programs.js";
import { projectPath } from "./project.js";
import { run } from "./run.js";

const packages = ["mypy==1.18.2", "openapi-python-client==0.26.2", "pandas"];

/** The directory of its programs; undefined where they cannot be installed. */
export async function pythonTools(): Promise<string | undefined> {
  if (missing("python3")) return undefined;
  const directory = projectPath(".build/cache/python-tools");
  const bin = join(directory, "bin");
  const mark = join(directory, packages.join(" ").replaceAll("/", "_"));
  if (existsSync(mark)) return bin;
  rmSync(directory, { recursive: true, force: true });
  const created = await run("python3", ["-m", "venv", directory]);
  if (created.status !== 0) return undefined;
  const installed = await run(join(bin, "pip"), ["install", "--quiet", ...packages]);
  if (installed.status !== 0) return undefined;
  writeFileSync(`${mark}.new`, "");
  renameSync(`${mark}.new`, mark);
  return bin;
}
