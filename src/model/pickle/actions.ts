// What each opcode does. The compiler keeps this table and the table of opcodes equal.

import type { Argument, TwoLines } from "./arguments.js";
import type { OpcodeName } from "./opcodes.js";
import type { Unpickler } from "./unpickler.js";
import { Built, Dict, kindOf, PySet, Tuple, type Value } from "./values.js";

type Action = (unpickler: Unpickler, argument: Argument) => void;

const ignore: Action = () => {};
/** Pushes the argument itself; the reader has checked its kind. */
const pushArgument: Action = (unpickler, argument) => unpickler.push(argument as Value);
/** `readOps` rejects these before they are executed. */
const unsupported: Action = (unpickler) => {
  throw unpickler.broken("An unsupported instruction");
};

export const actions: Readonly<Record<OpcodeName, Action>> = {
  PROTO: ignore,
  FRAME: ignore,
  STOP: (unpickler) => unpickler.stop(unpickler.pop()),

  NONE: (unpickler) => unpickler.push(null),
  NEWTRUE: (unpickler) => unpickler.push(true),
  NEWFALSE: (unpickler) => unpickler.push(false),
  INT: pushArgument,
  BININT: pushArgument,
  BININT1: pushArgument,
  BININT2: pushArgument,
  LONG: pushArgument,
  LONG1: pushArgument,
  LONG4: pushArgument,
  FLOAT: pushArgument,
  BINFLOAT: pushArgument,

  STRING: pushArgument,
  BINSTRING: pushArgument,
  SHORT_BINSTRING: pushArgument,
  UNICODE: pushArgument,
  BINUNICODE: pushArgument,
  SHORT_BINUNICODE: pushArgument,
  BINUNICODE8: pushArgument,
  BINBYTES: pushArgument,
  SHORT_BINBYTES: pushArgument,
  BINBYTES8: pushArgument,
  BYTEARRAY8: pushArgument,
  NEXT_BUFFER: unsupported,
  READONLY_BUFFER: unsupported,

  EMPTY_TUPLE: (unpickler) => unpickler.pushObject(new Tuple([])),
  TUPLE: (unpickler) => unpickler.pushObject(new Tuple(unpickler.popMark())),
  TUPLE1: (unpickler) => unpickler.pushObject(new Tuple([unpickler.pop()])),
  TUPLE2: (unpickler) => unpickler.pushObject(popTuple(unpickler, 2)),
  TUPLE3: (unpickler) => unpickler.pushObject(popTuple(unpickler, 3)),
  EMPTY_LIST: (unpickler) => unpickler.pushObject([]),
  LIST: (unpickler) => unpickler.pushObject(unpickler.popMark()),
  APPEND: (unpickler) => {
    const item = unpickler.pop();
    append(unpickler, [item]);
  },
  APPENDS: (unpickler) => append(unpickler, unpickler.popMark()),
  EMPTY_DICT: (unpickler) => unpickler.pushObject(new Dict()),
  DICT: (unpickler) => {
    const items = unpickler.popMark();
    unpickler.pushObject(new Dict());
    setItems(unpickler, items);
  },
  SETITEM: (unpickler) => {
    const value = unpickler.pop();
    setItems(unpickler, [unpickler.pop(), value]);
  },
  SETITEMS: (unpickler) => setItems(unpickler, unpickler.popMark()),
  EMPTY_SET: (unpickler) => unpickler.pushObject(new PySet()),
  ADDITEMS: (unpickler) => addItems(unpickler, unpickler.popMark()),
  FROZENSET: (unpickler) => unpickler.pushObject(new PySet(unpickler.popMark())),

  POP: (unpickler) => {
    // As in CPython: POP on a mark removes the mark.
    if (unpickler.atMark()) unpickler.popMark();
    else unpickler.pop();
  },
  DUP: (unpickler) => unpickler.push(unpickler.top()),
  MARK: (unpickler) => unpickler.mark(),
  POP_MARK: (unpickler) => void unpickler.popMark(),

  GET: (unpickler, index) => unpickler.recall(index),
  BINGET: (unpickler, index) => unpickler.recall(index),
  LONG_BINGET: (unpickler, index) => unpickler.recall(index),
  PUT: (unpickler, index) => unpickler.remember(index),
  BINPUT: (unpickler, index) => unpickler.remember(index),
  LONG_BINPUT: (unpickler, index) => unpickler.remember(index),
  MEMOIZE: (unpickler) => unpickler.rememberNext(),

  GLOBAL: (unpickler, argument) => {
    const { module, name } = argument as TwoLines;
    unpickler.pushGlobal(module, name);
  },
  STACK_GLOBAL: (unpickler) => {
    const name = unpickler.pop();
    const module = unpickler.pop();
    if (typeof module !== "string" || typeof name !== "string") {
      throw unpickler.broken(`A global is named by ${kindOf(module)} and ${kindOf(name)}, not by two strings`);
    }
    unpickler.pushGlobal(module, name);
  },
  REDUCE: (unpickler) => {
    const args = popArguments(unpickler);
    unpickler.call(unpickler.pop(), args);
  },
  NEWOBJ: (unpickler) => {
    const args = popArguments(unpickler);
    unpickler.call(unpickler.pop(), args);
  },
  NEWOBJ_EX: (unpickler) => {
    const named = unpickler.pop();
    if (!(named instanceof Dict) || named.entries.size > 0)
      throw unpickler.broken("A class is called with keyword arguments");
    const args = popArguments(unpickler);
    unpickler.call(unpickler.pop(), args);
  },
  INST: (unpickler, argument) => {
    const { module, name } = argument as TwoLines;
    const args = unpickler.popMark();
    unpickler.pushGlobal(module, name);
    unpickler.call(unpickler.pop(), args);
  },
  OBJ: (unpickler) => {
    const [callee, ...args] = unpickler.popMark();
    if (callee === undefined) throw unpickler.broken("A class is called without a class on the stack");
    unpickler.call(callee, args);
  },
  BUILD: (unpickler) => unpickler.build(unpickler.pop()),

  PERSID: unsupported,
  BINPERSID: unsupported,
  EXT1: unsupported,
  EXT2: unsupported,
  EXT4: unsupported,
};

function popTuple(unpickler: Unpickler, length: number): Tuple {
  const items: Value[] = [];
  for (let count = 0; count < length; count++) items.unshift(unpickler.pop());
  return new Tuple(items);
}

function popArguments(unpickler: Unpickler): readonly Value[] {
  const args = unpickler.pop();
  if (!(args instanceof Tuple)) throw unpickler.broken(`Arguments are ${kindOf(args)}, not a tuple`);
  return args.items;
}

function append(unpickler: Unpickler, items: readonly Value[]): void {
  const target = unpickler.top();
  if (Array.isArray(target)) for (const item of items) target.push(item);
  else if (target instanceof Built) target.append(items);
  else throw unpickler.broken(`The file appends to ${kindOf(target)}`);
}

function addItems(unpickler: Unpickler, items: readonly Value[]): void {
  const target = unpickler.top();
  if (target instanceof PySet) for (const item of items) target.items.push(item);
  else if (target instanceof Built) target.append(items);
  else throw unpickler.broken(`The file adds to ${kindOf(target)}`);
}

function setItems(unpickler: Unpickler, items: readonly Value[]): void {
  const target = unpickler.top();
  if (items.length % 2 !== 0) throw unpickler.broken("A key has no value");
  for (let index = 0; index < items.length; index += 2) {
    const key = items[index]!;
    const value = items[index + 1]!;
    if (target instanceof Dict) target.set(key, value);
    else if (target instanceof Built) target.setItem(key, value);
    else throw unpickler.broken(`The file sets an item of ${kindOf(target)}`);
  }
}
