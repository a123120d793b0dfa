// What a project requires: requirements.txt, or else the dependencies in pyproject.toml, and packages of --pip.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CommandContext } from "../command-context.js";
import { CliError } from "../errors.js";
import { findPython } from "./interpreter.js";
import { readRequirementsFiles } from "./requirements-file.js";
import { runProgram } from "./run-program.js";

export interface Requirements {
  /** Absolute path of requirements.txt, if it requires a package. */
  readonly file?: string | undefined;
  /** Requirements as in a line of requirements.txt. */
  readonly lines: readonly string[];
  /** Options of package indexes in requirements.txt. They can contain passwords. */
  readonly indexOptions: readonly string[];
  /** Absolute paths of the files that were read. */
  readonly paths: readonly string[];
  /** Changes with every requirement and constraint. */
  readonly digest: string;
}

interface Project {
  readonly requirements: Requirements;
  /** `requires-python` of pyproject.toml. */
  readonly requiresPython: string | undefined;
}

/** Python reads TOML since 3.11; pip includes the same parser. */
const readToml = `
import json, sys
try:
    import tomllib
except ImportError:
    from pip._vendor import tomli as tomllib
with open(sys.argv[1], "rb") as file:
    project = tomllib.load(file).get("project", {})
print(json.dumps([project.get("dependencies", []), project.get("dynamic", []), project.get("requires-python")]))
`;

/** @throws CliError "file-unreadable", "requirements-unsupported" */
export async function readProject(
  directory: string,
  pip: readonly string[],
  context: CommandContext,
): Promise<Project> {
  const pyproject = join(directory, "pyproject.toml");
  const declared = existsSync(pyproject) ? await readPyproject(pyproject, context) : undefined;
  const path = join(directory, "requirements.txt");
  if (existsSync(path)) {
    const { texts, indexOptions, isEmpty } = readRequirementsFiles(path);
    const paths = [...texts.keys()];
    const file = isEmpty ? undefined : path;
    const requirements = requirementsOf({ file, lines: pip, indexOptions, paths }, [...texts.values()]);
    return { requirements, requiresPython: declared?.requiresPython };
  }
  if (declared?.dynamic) {
    throw new CliError("requirements-unsupported", "pyproject.toml computes its dependencies (dynamic)", {
      place: { file: pyproject },
    });
  }
  const lines = [...(declared?.dependencies ?? []), ...pip];
  return { requirements: requirementsOf({ lines }), requiresPython: declared?.requiresPython };
}

/** Requirements with their digest, which covers the `contents` of their files. */
export function requirementsOf(
  { file, lines, indexOptions = [], paths = [] }: Partial<Requirements> & Pick<Requirements, "lines">,
  contents: readonly string[] = [],
): Requirements {
  const digest = createHash("sha256")
    .update(JSON.stringify([contents, lines]))
    .digest("hex");
  return { file, lines, indexOptions, paths, digest };
}

async function readPyproject(path: string, context: CommandContext) {
  const invalid = (reason: string) =>
    new CliError("requirements-unsupported", `Cannot read pyproject.toml: ${reason}`, { place: { file: path } });
  const python = await findPython(undefined, context);
  if (!python) throw invalid("Python 3 is not installed");
  const ended = await runProgram(python.program, ["-I", "-c", readToml, path], { env: context.env });
  if (ended?.status !== 0) throw invalid(ended?.stderr.trim().split("\n").at(-1) ?? "");
  const [dependencies, dynamic, requires]: unknown[] = JSON.parse(ended.stdout);
  if (!isStrings(dependencies) || !isStrings(dynamic)) throw invalid("[project] dependencies is not a list of strings");
  return {
    dependencies,
    dynamic: dynamic.includes("dependencies"),
    requiresPython: typeof requires === "string" ? requires : undefined,
  };
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
