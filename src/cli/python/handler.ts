// Checks that a handler exists, by reading its module as text: nothing of it is run.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nearest } from "../../base/index.js";
import { CliError } from "../errors.js";

export const defaultHandler = "lambda_function.lambda_handler";
/** Lambda's limit for the setting Handler. */
const handlerLengthMax = 128;
const namesShown = 12;

/** The directory and file of `module.function`, as Lambda reads it: `sub.module.function` or `sub/module.function`. */
function partsOf(handler: string): { readonly modulePath: string; readonly name: string } {
  const dot = handler.lastIndexOf(".");
  const modulePath = handler.slice(0, dot).replaceAll(".", "/");
  const name = handler.slice(dot + 1);
  const valid = /^[^/\s]+(\/[^/\s]+)*$/.test(modulePath) && /^\w+$/u.test(name) && handler.length <= handlerLengthMax;
  if (dot > 0 && valid) return { modulePath, name };
  throw new CliError("handler-not-found", `"${handler}" is not a handler, expected MODULE.FUNCTION`);
}

/** The path of the handler's module in a directory, if it exists. */
export function findHandlerModule(directory: string, handler: string): string | undefined {
  const { modulePath } = partsOf(handler);
  return [`${modulePath}.py`, `${modulePath}/__init__.py`]
    .map((path) => join(directory, path))
    .find((path) => existsSync(path));
}

/** The names of Python files that are in a directory itself. */
export function pythonFiles(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith(".py"))
    .sort();
}

/** @throws CliError "handler-not-found" with the functions of the module */
export function checkHandler(directory: string, handler: string): void {
  const { modulePath, name } = partsOf(handler);
  const path = findHandlerModule(directory, handler);
  if (path === undefined) {
    const [first, ...others] = pythonFiles(directory);
    throw new CliError("handler-not-found", `The handler ${handler} needs ${modulePath}.py, which does not exist`, {
      place: { file: directory },
      ...(first === undefined
        ? {}
        : {
            hint: `Pass --handler MODULE.FUNCTION; the directory has ${[first, ...others].slice(0, namesShown).join(", ")}.`,
          }),
    });
  }
  const { names, functions, open } = topLevelNames(readFileSync(path, "utf8"));
  if (names.has(name) || open) return;
  const suggestion = nearest(name, functions);
  const listed = functions.slice(0, namesShown).join(", ") + (functions.length > namesShown ? ", ..." : "");
  const module = handler.slice(0, handler.lastIndexOf("."));
  throw new CliError(
    "handler-not-found",
    `${modulePath}.py does not define ${name}; ${functions.length === 0 ? "it has no functions" : `its functions: ${listed}`}`,
    {
      place: { file: path },
      ...(functions.length === 0 ? {} : { hint: `Pass --handler ${module}.${suggestion ?? functions[0]}` }),
    },
  );
}

interface ModuleNames {
  readonly names: ReadonlySet<string>;
  /** Those defined with `def`. */
  readonly functions: readonly string[];
  /** Names cannot be known: it imports `*` or defines `__getattr__`. */
  readonly open: boolean;
}

const strings = /("""|''')(?:\\[\s\S]|(?!\1)[^\\])*(?:\1|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#.*/g;

/** The names that a module defines outside of functions and classes, also within `if`, `try` and `with`. */
function topLevelNames(source: string): ModuleNames {
  // Strings become "" and keep their lines; imports in parentheses and continued lines become one line.
  const text = source
    .replace(strings, (found) => (found.startsWith("#") ? "" : `""${"\n".repeat(found.split("\n").length - 1)}`))
    .replace(/\\\r?\n/g, " ")
    .replace(/\(([^()]*)\)/g, (found) => found.replace(/\s+/g, " "));
  const names = new Set<string>();
  const functions: string[] = [];
  let open = false;
  /** Indentation of the function or class whose body the lines are in. */
  let inside = Number.POSITIVE_INFINITY;
  for (const line of text.split(/\r?\n/)) {
    const statement = line.trimStart();
    if (statement === "") continue;
    const indentation = line.length - statement.length;
    if (indentation > inside) continue;
    inside = Number.POSITIVE_INFINITY;
    const [, kind, defined] = /^(?:async\s+)?(def|class)\s+(\w+)/u.exec(statement) ?? [];
    if (defined !== undefined) {
      inside = indentation;
      names.add(defined);
      if (kind === "def") functions.push(defined);
      open ||= defined === "__getattr__";
      continue;
    }
    const [, imported] = /^(?:from\s+\S+\s+)?import\s+(.*)$/u.exec(statement) ?? [];
    for (const part of imported?.replace(/[()]/g, "").split(",") ?? []) {
      const [first, as, alias] = part.trim().split(/\s+/);
      if (first === "*") open = true;
      names.add((as === "as" ? alias : first?.split(".")[0]) ?? "");
    }
    const [, targets] = /^((?:[\w,\s()]+?(?::[^=]+)?=(?!=)\s*)+)/u.exec(statement) ?? [];
    for (const target of targets?.replace(/:[^=]+/g, "").split(/[=,\s()]+/) ?? []) names.add(target);
  }
  return { names, functions, open };
}
