// What each opcode does to the machine. The compiler keeps this table and that of the opcodes equal.

import type { Argument, TwoLines } from "./arguments.js";
import type { OpcodeName } from "./opcodes.js";
import type { Machine } from "./unpickler.js";
import { Built, Dict, kindOf, PySet, Tuple, type Value } from "./values.js";

type Action = (machine: Machine, argument: Argument) => void;

const ignore: Action = () => {};
/** Pushes the argument itself; the reader has checked its kind. */
const pushArgument: Action = (machine, argument) => machine.push(argument as Value);
/** `readOps` refuses these before the machine sees them. */
const refused: Action = (machine) => {
  throw machine.broken("A refused instruction");
};

export const actions: Readonly<Record<OpcodeName, Action>> = {
  PROTO: ignore,
  FRAME: ignore,
  STOP: (machine) => machine.stop(machine.pop()),

  NONE: (machine) => machine.push(null),
  NEWTRUE: (machine) => machine.push(true),
  NEWFALSE: (machine) => machine.push(false),
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
  NEXT_BUFFER: refused,
  READONLY_BUFFER: refused,

  EMPTY_TUPLE: (machine) => machine.pushObject(new Tuple([])),
  TUPLE: (machine) => machine.pushObject(new Tuple(machine.popMark())),
  TUPLE1: (machine) => machine.pushObject(new Tuple([machine.pop()])),
  TUPLE2: (machine) => machine.pushObject(popTuple(machine, 2)),
  TUPLE3: (machine) => machine.pushObject(popTuple(machine, 3)),
  EMPTY_LIST: (machine) => machine.pushObject([]),
  LIST: (machine) => machine.pushObject(machine.popMark()),
  APPEND: (machine) => {
    const item = machine.pop();
    append(machine, [item]);
  },
  APPENDS: (machine) => append(machine, machine.popMark()),
  EMPTY_DICT: (machine) => machine.pushObject(new Dict()),
  DICT: (machine) => {
    const items = machine.popMark();
    machine.pushObject(new Dict());
    setItems(machine, items);
  },
  SETITEM: (machine) => {
    const value = machine.pop();
    setItems(machine, [machine.pop(), value]);
  },
  SETITEMS: (machine) => setItems(machine, machine.popMark()),
  EMPTY_SET: (machine) => machine.pushObject(new PySet()),
  ADDITEMS: (machine) => addItems(machine, machine.popMark()),
  FROZENSET: (machine) => machine.pushObject(new PySet(machine.popMark())),

  POP: (machine) => {
    // CPython's own: POP on a mark takes the mark.
    if (machine.atMark()) machine.popMark();
    else machine.pop();
  },
  DUP: (machine) => machine.push(machine.top()),
  MARK: (machine) => machine.mark(),
  POP_MARK: (machine) => void machine.popMark(),

  GET: (machine, index) => machine.recall(index),
  BINGET: (machine, index) => machine.recall(index),
  LONG_BINGET: (machine, index) => machine.recall(index),
  PUT: (machine, index) => machine.remember(index),
  BINPUT: (machine, index) => machine.remember(index),
  LONG_BINPUT: (machine, index) => machine.remember(index),
  MEMOIZE: (machine) => machine.rememberNext(),

  GLOBAL: (machine, argument) => {
    const { module, name } = argument as TwoLines;
    machine.pushGlobal(module, name);
  },
  STACK_GLOBAL: (machine) => {
    const name = machine.pop();
    const module = machine.pop();
    if (typeof module !== "string" || typeof name !== "string") {
      throw machine.broken(`A global is named by ${kindOf(module)} and ${kindOf(name)}, not by two texts`);
    }
    machine.pushGlobal(module, name);
  },
  REDUCE: (machine) => {
    const args = popArguments(machine);
    machine.call(machine.pop(), args);
  },
  NEWOBJ: (machine) => {
    const args = popArguments(machine);
    machine.call(machine.pop(), args);
  },
  NEWOBJ_EX: (machine) => {
    const named = machine.pop();
    if (!(named instanceof Dict) || named.entries.size > 0)
      throw machine.broken("An object is made with named arguments");
    const args = popArguments(machine);
    machine.call(machine.pop(), args);
  },
  INST: (machine, argument) => {
    const { module, name } = argument as TwoLines;
    const args = machine.popMark();
    machine.pushGlobal(module, name);
    machine.call(machine.pop(), args);
  },
  OBJ: (machine) => {
    const [callee, ...args] = machine.popMark();
    if (callee === undefined) throw machine.broken("An object is made of nothing");
    machine.call(callee, args);
  },
  BUILD: (machine) => machine.build(machine.pop()),

  PERSID: refused,
  BINPERSID: refused,
  EXT1: refused,
  EXT2: refused,
  EXT4: refused,
};

function popTuple(machine: Machine, length: number): Tuple {
  const items: Value[] = [];
  for (let count = 0; count < length; count++) items.unshift(machine.pop());
  return new Tuple(items);
}

function popArguments(machine: Machine): readonly Value[] {
  const args = machine.pop();
  if (!(args instanceof Tuple)) throw machine.broken(`Arguments are ${kindOf(args)}, not a tuple`);
  return args.items;
}

function append(machine: Machine, items: readonly Value[]): void {
  const target = machine.top();
  if (Array.isArray(target)) for (const item of items) target.push(item);
  else if (target instanceof Built) target.append(items);
  else throw machine.broken(`The file appends to ${kindOf(target)}`);
}

function addItems(machine: Machine, items: readonly Value[]): void {
  const target = machine.top();
  if (target instanceof PySet) for (const item of items) target.items.push(item);
  else if (target instanceof Built) target.append(items);
  else throw machine.broken(`The file adds to ${kindOf(target)}`);
}

function setItems(machine: Machine, items: readonly Value[]): void {
  const target = machine.top();
  if (items.length % 2 !== 0) throw machine.broken("A key has no value");
  for (let index = 0; index < items.length; index += 2) {
    const key = items[index]!;
    const value = items[index + 1]!;
    if (target instanceof Dict) target.set(key, value);
    else if (target instanceof Built) target.setItem(key, value);
    else throw machine.broken(`The file sets an item of ${kindOf(target)}`);
  }
}
