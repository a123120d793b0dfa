// The Python of this machine: for the base of images, and for pip.

import type { PythonInstallation } from "../../image/index.js";
import type { CommandContext } from "../command-context.js";
import { runProgram } from "./run-program.js";

export interface Interpreter extends PythonInstallation {
  /** The command that starts it, such as that of a virtual environment. */
  readonly program: string;
}

/**
 * Without the packages of the site, so that a broken one does not matter. In a virtual environment, prefixes and paths
 * are those of the Python that created it.
 */
const describe = `
import json, os, sys, sysconfig
libc = getattr(os, "confstr", lambda name: None)("CS_GNU_LIBC_VERSION") if sys.platform == "linux" else None
print(json.dumps([sys.implementation.name, "%d.%d" % sys.version_info[:2],
    os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable), sysconfig.get_path("stdlib"), libc]))
`;

/** CPython 3 of this version, or else the default one; undefined if it is not found. */
export async function findPython(
  version: string | undefined,
  context: CommandContext,
): Promise<Interpreter | undefined> {
  const names = version === undefined ? ["python3", "python"] : [`python${version}`, "python3", "python"];
  for (const program of names) {
    const found = await describePython(program, context);
    if (found && (version === undefined || found.version === version)) return found;
  }
  return undefined;
}

async function describePython(program: string, { env }: CommandContext): Promise<Interpreter | undefined> {
  const ended = await runProgram(program, ["-I", "-S", "-c", describe], { env });
  if (ended?.status !== 0) return undefined;
  let facts: unknown;
  try {
    facts = JSON.parse(ended.stdout);
  } catch {
    return undefined;
  }
  const [implementation, version, executable, standardLibrary, libc] = Array.isArray(facts) ? facts.map(String) : [];
  if (implementation !== "cpython" || !version?.startsWith("3.") || !executable || !standardLibrary) return undefined;
  return { program, version, executable, standardLibrary, glibc: /^glibc ([\d.]+)/.exec(libc ?? "")?.[1] };
}
