// What dill puts in place of pickle's own instructions. Objects that hold no code are read; what makes functions and
// classes of code is not listed.

import { ModelError } from "../errors.js";
import type { GlobalRow } from "./allow-list.js";
import { getAttribute, isStringMethod } from "./attribute-globals.js";
import { Built, type Call, Global, kindOf, Tuple } from "./values.js";

/** dill._dill since 0.2.8. */
const modules = ["dill._dill", "dill.dill"];

/** A module as a value: only its name, for `_get_attr`. Nothing is imported. */
class PyModule extends Built {
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }

  get kind(): string {
    return `module ${this.name}`;
  }
}

/** (module name, whether a failure is ignored) */
const importModule: Call = ([name], global) => {
  if (typeof name !== "string") throw broken(global, `is called with ${kindOf(name)}`);
  return new PyModule(name);
};

/** (object or the name of a module, attribute): a global, named in two steps. */
const getModuleAttribute: Call = (args, global, lookup) => {
  const [owner, name] = args;
  if (typeof name !== "string") throw broken(global, `is called with ${kindOf(name)}`);
  if (owner instanceof PyModule) return lookup(owner.name, name);
  if (typeof owner === "string" && !isStringMethod(name)) return lookup(owner, name);
  return getAttribute(args, global, lookup);
};

/** Python's own types by their names: "bytearray", or "CodeType" as the module types has them. */
const loadType: Call = ([name], global, lookup) => {
  if (typeof name !== "string") throw broken(global, `is called with ${kindOf(name)}`);
  return lookup(/^[a-z]/.test(name) ? "builtins" : "types", name);
};

/** (constructor, its arguments, state, attributes of a subclass): an array. */
const createArray: Call = ([factory, args, state], global, lookup) => {
  if (!(factory instanceof Global) || !factory.call || !(args instanceof Tuple)) {
    throw broken(global, `is called with ${kindOf(factory)} and ${kindOf(args)}`);
  }
  const array = factory.call(args.items, factory, lookup);
  if (!(array instanceof Built) || state === undefined) throw broken(global, `makes ${kindOf(array)}`);
  array.setState(state);
  return array;
};

export const dillGlobals: readonly GlobalRow[] = [
  { modules, name: "_import_module", call: importModule, scanned: true },
  { modules, name: "_get_attr", call: getModuleAttribute, scanned: true },
  // (class, attribute, its repr)
  { modules, name: "_getattr", call: getAttribute, scanned: true },
  { modules, name: "_load_type", call: loadType, scanned: true },
  { modules, name: "_create_array", call: createArray },
  { modules: ["types"], name: "NoneType" },
];

function broken({ module, name }: Global, message: string): ModelError {
  return new ModelError("pickle-broken", `${module}.${name} ${message}`);
}
