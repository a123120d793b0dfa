import { tmpdir } from "node:os";
import type { CommandContext } from "../command-context.js";
import { findPython } from "./interpreter.js";
import { runProgram } from "./run-program.js";

/** uv's variable and the separator of its values, by pip's setting. */
const variables: Readonly<Record<string, readonly [string, string]>> = {
  "index-url": ["UV_DEFAULT_INDEX", " "],
  "extra-index-url": ["UV_EXTRA_INDEX_URL", " "],
  "find-links": ["UV_FIND_LINKS", ","],
};
const ownSettings = /^UV_(INDEX|DEFAULT_INDEX|INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|CONFIG_FILE|NO_INDEX|OFFLINE)$/;

/**
 * The package indexes of pip's configuration for uv, which does not read it; none if the environment configures uv
 * itself. As variables, because other users can read a command's arguments.
 */
export async function uvIndexVariables(context: CommandContext): Promise<Readonly<Record<string, string>>> {
  if (Object.keys(context.env).some((name) => ownSettings.test(name))) return {};
  const python = await findPython(undefined, context);
  const config =
    python && (await runProgram(python.program, ["-m", "pip", "config", "list"], { env: context.env, cwd: tmpdir() }));
  const found: Record<string, string> = {};
  // Later lines have precedence: pip lists global, user, site and environment in this order.
  for (const line of config?.status === 0 ? config.stdout.split("\n") : []) {
    const [, key = "", value = ""] = /^(?:global|install|:env:)\.([a-z-]+)='(.*)'$/.exec(line) ?? [];
    const [name, separator] = variables[key] ?? [];
    if (name !== undefined)
      found[name] = value
        .split(/\\n|\s+/)
        .filter((part) => part !== "")
        .join(separator);
  }
  // pip takes the best version of all indexes.
  return Object.keys(found).length === 0 ? {} : { ...found, UV_INDEX_STRATEGY: "unsafe-best-match" };
}
