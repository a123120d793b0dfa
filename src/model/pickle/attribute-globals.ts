// Attributes of objects, as pickles name them: getattr(str, "split") is a function without code of the file's author.
// Only the attributes of this table are found: a string's methods, a pattern's, and what other rows list by a dotted
// name.

import { ModelError } from "../errors.js";
import { type GlobalRow, instance } from "./allow-list.js";
import { printable } from "./text.js";
import { type Call, Global, Instance, kindOf, type Value } from "./values.js";

const builtins: readonly string[] = ["builtins", "__builtin__"];

/** The module by which a class's attributes are listed. */
const stringClass = "builtins.str";
const patternClass = "re.Pattern";

/** Methods of str. None runs code or reads anything but the string and its arguments. */
const stringMethods: readonly string[] = [
  ...["capitalize", "casefold", "center", "count", "endswith", "expandtabs", "find", "isalnum", "isalpha", "isascii"],
  ...["isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle", "isupper"],
  ...["join", "ljust", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rjust"],
  ...["rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper"],
  ...["zfill"],
];

/** Methods of a compiled pattern. */
const patternMethods: readonly string[] = ["findall", "fullmatch", "match", "search", "split", "sub"];

const hint =
  "The file contains a method of an object. Save the fitted object itself, not its method (model, not model.predict).";

/** getattr(owner, name): of a class, its function; of a string or a pattern, that function and the object. */
export const getAttribute: Call = ([owner, name], global, lookup) => {
  if (typeof name !== "string") throw broken(global, `is called with ${kindOf(name)}`);
  if (owner instanceof Global) return lookup(classPath(owner), name);
  if (typeof owner === "string") return bound(lookup(stringClass, name), owner);
  if (owner instanceof Instance && owner.global.module === "re" && owner.global.name === "_compile") {
    return bound(lookup(patternClass, name), owner);
  }
  throw new ModelError(
    "pickle-global-rejected",
    `The file names the attribute ${JSON.stringify(printable(name, 40))} of ${kindOf(owner)}, which is not allowed`,
    name.startsWith("_") ? {} : { hint },
  );
};

/** Python 2 calls it unicode, and so do protocols 0 to 2. */
function classPath({ module, name }: Global): string {
  if (!builtins.includes(module)) return `${module}.${name}`;
  return name === "unicode" ? stringClass : `builtins.${name}`;
}

function bound(method: Global, owner: Value): Instance {
  return new Instance(method, [owner]);
}

/** Whether a string has this method: dill names modules by strings too. */
export function isStringMethod(name: Value | undefined): boolean {
  return typeof name === "string" && stringMethods.includes(name);
}

export const attributeGlobals: readonly GlobalRow[] = [
  { modules: builtins, name: "getattr", call: getAttribute, scanned: true },
  { modules: ["re"], name: "_compile", call: instance, scanned: true },
  { modules: ["operator", "_operator"], name: "methodcaller", call: instance },
  ...stringMethods.map((name): GlobalRow => ({ modules: [stringClass], name })),
  ...patternMethods.map((name): GlobalRow => ({ modules: [patternClass], name })),
];

function broken({ module, name }: Global, message: string): ModelError {
  return new ModelError("pickle-broken", `${module}.${name} ${message}`);
}
