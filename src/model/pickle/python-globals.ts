// Globals of Python itself, in both of its spellings (Python 2's, which protocols 0 to 2 still write).

import { ModelError } from "../errors.js";
import { type GlobalRow, instance } from "./allow-list.js";
import { latin1Bytes } from "./text.js";
import { type Call, Dict, Global, kindOf, PySet } from "./values.js";

const builtins = ["builtins", "__builtin__"];

/** bytes in protocols 0 to 2: a latin-1 string that is encoded again. */
const encode: Call = ([text, encoding]) => {
  if (typeof text !== "string" || (encoding !== "latin1" && encoding !== "latin-1")) {
    throw new ModelError("pickle-broken", `_codecs.encode is called with ${kindOf(text)}; only latin1 is supported`);
  }
  return latin1Bytes(text);
};

/** bytes(), bytearray(), and bytearray of bytes or of a latin-1 string. */
const makeBytes: Call = ([source, encoding], global) => {
  if (source === undefined) return new Uint8Array();
  if (source instanceof Uint8Array) return source;
  if (typeof source === "string" && (encoding === "latin1" || encoding === "latin-1")) return latin1Bytes(source);
  throw new ModelError("pickle-broken", `${global.name} cannot be built from ${kindOf(source)}`);
};

/** The items are shared with the source, not copied: a file can create a million sets of one list. */
const makeSet: Call = ([source], global) => {
  if (source === undefined) return new PySet();
  if (!Array.isArray(source))
    throw new ModelError("pickle-broken", `A ${global.name} cannot be built from ${kindOf(source)}`);
  return new PySet(source);
};

/**
 * Its items follow by SETITEMS. Python 2 gave them as an argument, which is unsupported: copies of a shared list could
 * fill the memory.
 */
const makeOrderedDict: Call = (args) => {
  if (args.length > 0) throw new ModelError("pickle-broken", `An OrderedDict cannot be built from ${kindOf(args[0])}`);
  return new Dict();
};

/** The argument is the factory of missing values, which reading never needs. */
const makeDefaultDict: Call = () => new Dict();

/** The built-in bases whose content protocols 0 and 1 give as an argument. */
const containers: ReadonlySet<string> = new Set(["dict", "list"]);

/**
 * How protocols 0 and 1 build any object: the class, its built-in base, and the base's content (None for `object`).
 * The content is kept as the argument, not copied: a file can build a million objects of one dict.
 */
const reconstruct: Call = ([type, base, content], _global, lookup) => {
  const baseName = base instanceof Global && builtins.includes(base.module) ? base.name : "";
  const isContainer = containers.has(baseName) && (content instanceof Dict || Array.isArray(content));
  const isObject = baseName === "object" && content === null;
  if (!(type instanceof Global) || !type.call || !(isContainer || isObject)) {
    throw new ModelError("pickle-broken", `copyreg._reconstructor is called with ${kindOf(type)} and ${kindOf(base)}`);
  }
  return type.call(isContainer ? [content] : [], type, lookup);
};

/** Values that people save beside a model: when and from what it was trained. No prediction reads them. */
const plainValues: readonly (readonly [module: string, ...names: string[]])[] = [
  ["argparse", "Namespace"],
  ["collections", "Counter", "deque"],
  ["datetime", "date", "datetime", "time", "timedelta", "timezone"],
  ["decimal", "Decimal"],
  ["fractions", "Fraction"],
  ["pathlib", "Path", "PosixPath", "PurePosixPath", "PureWindowsPath", "WindowsPath"],
  // Since Python 3.13.
  ["pathlib._local", "Path", "PosixPath", "PurePosixPath", "PureWindowsPath", "WindowsPath"],
  ["types", "SimpleNamespace"],
  ["uuid", "SafeUUID", "UUID"],
  // Time zones. zoneinfo's are getattr(ZoneInfo, "_unpickle")(key, ...); the class is a module to the table.
  ["zoneinfo", "ZoneInfo"],
  ["zoneinfo.ZoneInfo", "_unpickle"],
  ["backports.zoneinfo", "ZoneInfo"],
  ["backports.zoneinfo.ZoneInfo", "_unpickle"],
  ["pytz", "_p", "_UTC"],
  ["dateutil.tz.tz", "tzfile", "tzlocal", "tzoffset", "tzrange", "tzstr", "tzutc"],
  ["dateutil.tz._tzfile", "_unpickle", "tzfile"],
  ["dateutil.relativedelta", "relativedelta"],
  ["dateutil._common", "weekday"],
];

/** Functions as values, of a dict beside a model or a parameter: their names are data, and nothing calls them. */
const harmlessFunctions: readonly string[] = [
  ...["abs", "all", "any", "ascii", "bin", "callable", "chr", "divmod", "enumerate", "filter", "format", "hash", "hex"],
  ...["isinstance", "issubclass", "len", "map", "max", "min", "next", "oct", "ord", "pow", "print", "repr", "reversed"],
  ...["round", "sorted", "sum", "zip"],
];

export const pythonGlobals: readonly GlobalRow[] = [
  { modules: ["copyreg", "copy_reg"], name: "_reconstructor", call: reconstruct },
  { modules: ["_codecs"], name: "encode", call: encode },
  { modules: builtins, name: "object" },
  { modules: builtins, name: "bytes", call: makeBytes },
  { modules: builtins, name: "bytearray", call: makeBytes },
  { modules: builtins, name: "set", call: makeSet },
  { modules: builtins, name: "frozenset", call: makeSet },
  { modules: builtins, name: "complex", call: instance },
  { modules: builtins, name: "slice", call: instance },
  { modules: ["builtins"], name: "range", call: instance },
  { modules: ["__builtin__"], name: "xrange", call: instance },
  { modules: builtins, name: "float" },
  { modules: builtins, name: "int" },
  { modules: builtins, name: "str" },
  // Protocols 0 to 2 call str so.
  { modules: ["__builtin__"], name: "unicode" },
  { modules: builtins, name: "bool" },
  { modules: builtins, name: "list" },
  { modules: builtins, name: "dict" },
  { modules: builtins, name: "tuple" },
  ...harmlessFunctions.map((name): GlobalRow => ({ modules: builtins, name })),
  // The category of a warning, in the results of old searches.
  { modules: ["builtins", "exceptions"], name: "FutureWarning" },
  { modules: ["collections"], name: "OrderedDict", call: makeOrderedDict },
  { modules: ["collections"], name: "defaultdict", call: makeDefaultDict },
  { modules: ["functools"], name: "partial", call: instance },
  ...plainValues.flatMap(([module, ...names]) => {
    return names.map((name): GlobalRow => ({ modules: [module], name, call: instance }));
  }),
];
