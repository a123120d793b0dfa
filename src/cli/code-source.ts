// The user's own Python code: a directory with a handler.

import { existsSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { checkHandler, defaultHandler, findHandlerModule, pythonFiles } from "./python/handler.js";
import { pythonVersion } from "./python/python-version.js";

/** A directory with a Python handler. */
export interface CodeSource {
  readonly kind: "code";
  /** For the default name of a deployment. */
  readonly name: string;
  /** Absolute path. */
  readonly directory: string;
  /** `module.function`, as Lambda's setting of this name. */
  readonly handler: string;
}

/** Options for Python code, of every command that builds an image. */
export const codeArgs = {
  handler: { help: "Python code: the function to call", defaultText: defaultHandler, value: "MODULE.FUNCTION" },
  python: { help: "Python code: version of Python", parse: pythonVersion, value: "3.N" },
  pip: { repeatable: true, help: "Python code: package to install, beside requirements.txt", value: "PACKAGE" },
  lock: { flag: true, help: "Python code: write the exact packages to requirements.lock" },
} as const;

/** The parsed `codeArgs`. */
export interface CodeChoice {
  readonly handler?: string | undefined;
  readonly python?: string | undefined;
  readonly pip?: readonly string[];
  readonly lock?: boolean;
}

/** The name of an option that has a value, for an error when the source is not Python code. */
export function unusedOption({ handler, python, pip = [], lock = false }: CodeChoice): string | undefined {
  if (handler !== undefined) return "handler";
  if (python !== undefined) return "python";
  if (pip.length > 0) return "pip";
  return lock ? "lock" : undefined;
}

/** MLflow's description of a model: its directory can have Python files too. */
const mlflowFile = "MLmodel";

/** Whether a path is a Python file, or a directory with Python files and not a model of MLflow. */
export function looksLikeCode(path: string, { handler }: CodeChoice): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile()) return path.endsWith(".py");
  if (!stats?.isDirectory()) return false;
  if (handler !== undefined || findHandlerModule(path, defaultHandler) !== undefined) return true;
  return pythonFiles(path).length > 0 && !existsSync(join(path, mlflowFile));
}

/**
 * A directory, or a Python file that has the handler `lambda_handler`.
 * @param path absolute, and as `looksLikeCode` accepts it
 * @throws CliError "handler-not-found"
 */
export async function readCodeSource(path: string, { handler }: CodeChoice): Promise<CodeSource> {
  const isDirectory = statSync(path).isDirectory();
  const directory = isDirectory ? path : dirname(path);
  const module = isDirectory ? "lambda_function" : basename(path, ".py");
  const chosen = handler ?? `${module}.lambda_handler`;
  checkHandler(directory, chosen);
  return { kind: "code", name: basename(directory), directory, handler: chosen };
}
