// Where the project is: tests run from a compiled copy in another directory than their sources.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function findRoot(from: string): string {
  return existsSync(join(from, "package-lock.json")) ? from : findRoot(dirname(from));
}

/** The directory that contains package.json. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** The absolute path of a file of the project: `projectPath("examples/iris/iris_model.sav")`. */
export function projectPath(path: string): string {
  return join(projectRoot, path);
}

/** The bytes of a file of the project. */
export function readProjectFile(path: string): Uint8Array {
  return readFileSync(projectPath(path));
}
