// Every opcode of pickle protocols 0 to 5, as CPython's Lib/pickletools.py lists them: code, argument, protocol, and
// what it does to the stack.

import {
  bytes1,
  bytes4,
  bytes8,
  decimalLine,
  float64,
  floatLine,
  frame,
  int32,
  long1,
  long4,
  longLine,
  nothing,
  quotedLine,
  type ReadArgument,
  shortLine,
  string1,
  string4,
  twoLines,
  uint8,
  uint16,
  uint32,
  unicodeLine,
  utf8Of1,
  utf8Of4,
  utf8Of8,
} from "./arguments.js";

interface Row {
  readonly code: number;
  readonly argument: ReadArgument;
  /** The first protocol that has it. */
  readonly protocol: 0 | 1 | 2 | 3 | 4 | 5;
  /** Stack before -- after; "mark ..." is everything above the last mark. */
  readonly stack: string;
  /** Why a model file never needs it. Present: such files are rejected. */
  readonly unsupported?: string;
}

const outside = "it refers to data outside of the file";
const registry = "it refers to an extension registry of the program that wrote the file";

const rows = {
  PROTO: { code: 0x80, argument: uint8, protocol: 2, stack: " -- " },
  FRAME: { code: 0x95, argument: frame, protocol: 4, stack: " -- " },
  STOP: { code: 0x2e, argument: nothing, protocol: 0, stack: "any -- " },

  NONE: { code: 0x4e, argument: nothing, protocol: 0, stack: " -- None" },
  NEWTRUE: { code: 0x88, argument: nothing, protocol: 2, stack: " -- bool" },
  NEWFALSE: { code: 0x89, argument: nothing, protocol: 2, stack: " -- bool" },
  INT: { code: 0x49, argument: decimalLine, protocol: 0, stack: " -- int|bool" },
  BININT: { code: 0x4a, argument: int32, protocol: 1, stack: " -- int" },
  BININT1: { code: 0x4b, argument: uint8, protocol: 1, stack: " -- int" },
  BININT2: { code: 0x4d, argument: uint16, protocol: 1, stack: " -- int" },
  LONG: { code: 0x4c, argument: longLine, protocol: 0, stack: " -- int" },
  LONG1: { code: 0x8a, argument: long1, protocol: 2, stack: " -- int" },
  LONG4: { code: 0x8b, argument: long4, protocol: 2, stack: " -- int" },
  FLOAT: { code: 0x46, argument: floatLine, protocol: 0, stack: " -- float" },
  BINFLOAT: { code: 0x47, argument: float64, protocol: 1, stack: " -- float" },

  STRING: { code: 0x53, argument: quotedLine, protocol: 0, stack: " -- str" },
  BINSTRING: { code: 0x54, argument: string4, protocol: 1, stack: " -- str" },
  SHORT_BINSTRING: { code: 0x55, argument: string1, protocol: 1, stack: " -- str" },
  UNICODE: { code: 0x56, argument: unicodeLine, protocol: 0, stack: " -- str" },
  BINUNICODE: { code: 0x58, argument: utf8Of4, protocol: 1, stack: " -- str" },
  SHORT_BINUNICODE: { code: 0x8c, argument: utf8Of1, protocol: 4, stack: " -- str" },
  BINUNICODE8: { code: 0x8d, argument: utf8Of8, protocol: 4, stack: " -- str" },
  BINBYTES: { code: 0x42, argument: bytes4, protocol: 3, stack: " -- bytes" },
  SHORT_BINBYTES: { code: 0x43, argument: bytes1, protocol: 3, stack: " -- bytes" },
  BINBYTES8: { code: 0x8e, argument: bytes8, protocol: 4, stack: " -- bytes" },
  BYTEARRAY8: { code: 0x96, argument: bytes8, protocol: 5, stack: " -- bytearray" },
  NEXT_BUFFER: { code: 0x97, argument: nothing, protocol: 5, stack: " -- buffer", unsupported: outside },
  READONLY_BUFFER: { code: 0x98, argument: nothing, protocol: 5, stack: "buffer -- buffer", unsupported: outside },

  EMPTY_TUPLE: { code: 0x29, argument: nothing, protocol: 1, stack: " -- tuple" },
  TUPLE: { code: 0x74, argument: nothing, protocol: 0, stack: "mark ... -- tuple" },
  TUPLE1: { code: 0x85, argument: nothing, protocol: 2, stack: "any -- tuple" },
  TUPLE2: { code: 0x86, argument: nothing, protocol: 2, stack: "any any -- tuple" },
  TUPLE3: { code: 0x87, argument: nothing, protocol: 2, stack: "any any any -- tuple" },
  EMPTY_LIST: { code: 0x5d, argument: nothing, protocol: 1, stack: " -- list" },
  LIST: { code: 0x6c, argument: nothing, protocol: 0, stack: "mark ... -- list" },
  APPEND: { code: 0x61, argument: nothing, protocol: 0, stack: "list any -- list" },
  APPENDS: { code: 0x65, argument: nothing, protocol: 1, stack: "list mark ... -- list" },
  EMPTY_DICT: { code: 0x7d, argument: nothing, protocol: 1, stack: " -- dict" },
  DICT: { code: 0x64, argument: nothing, protocol: 0, stack: "mark ... -- dict" },
  SETITEM: { code: 0x73, argument: nothing, protocol: 0, stack: "dict any any -- dict" },
  SETITEMS: { code: 0x75, argument: nothing, protocol: 1, stack: "dict mark ... -- dict" },
  EMPTY_SET: { code: 0x8f, argument: nothing, protocol: 4, stack: " -- set" },
  ADDITEMS: { code: 0x90, argument: nothing, protocol: 4, stack: "set mark ... -- set" },
  FROZENSET: { code: 0x91, argument: nothing, protocol: 4, stack: "mark ... -- frozenset" },

  POP: { code: 0x30, argument: nothing, protocol: 0, stack: "any -- " },
  DUP: { code: 0x32, argument: nothing, protocol: 0, stack: "any -- any any" },
  MARK: { code: 0x28, argument: nothing, protocol: 0, stack: " -- mark" },
  POP_MARK: { code: 0x31, argument: nothing, protocol: 1, stack: "mark ... -- " },

  GET: { code: 0x67, argument: decimalLine, protocol: 0, stack: " -- any" },
  BINGET: { code: 0x68, argument: uint8, protocol: 1, stack: " -- any" },
  LONG_BINGET: { code: 0x6a, argument: uint32, protocol: 1, stack: " -- any" },
  PUT: { code: 0x70, argument: decimalLine, protocol: 0, stack: "any -- any" },
  BINPUT: { code: 0x71, argument: uint8, protocol: 1, stack: "any -- any" },
  LONG_BINPUT: { code: 0x72, argument: uint32, protocol: 1, stack: "any -- any" },
  MEMOIZE: { code: 0x94, argument: nothing, protocol: 4, stack: "any -- any" },

  GLOBAL: { code: 0x63, argument: twoLines, protocol: 0, stack: " -- global" },
  STACK_GLOBAL: { code: 0x93, argument: nothing, protocol: 4, stack: "str str -- global" },
  REDUCE: { code: 0x52, argument: nothing, protocol: 0, stack: "global tuple -- object" },
  NEWOBJ: { code: 0x81, argument: nothing, protocol: 2, stack: "global tuple -- object" },
  NEWOBJ_EX: { code: 0x92, argument: nothing, protocol: 4, stack: "global tuple dict -- object" },
  INST: { code: 0x69, argument: twoLines, protocol: 0, stack: "mark ... -- object" },
  OBJ: { code: 0x6f, argument: nothing, protocol: 1, stack: "mark global ... -- object" },
  BUILD: { code: 0x62, argument: nothing, protocol: 0, stack: "object any -- object" },

  PERSID: { code: 0x50, argument: shortLine, protocol: 0, stack: " -- any", unsupported: outside },
  BINPERSID: { code: 0x51, argument: nothing, protocol: 1, stack: "any -- any", unsupported: outside },
  EXT1: { code: 0x82, argument: uint8, protocol: 2, stack: " -- any", unsupported: registry },
  EXT2: { code: 0x83, argument: uint16, protocol: 2, stack: " -- any", unsupported: registry },
  EXT4: { code: 0x84, argument: int32, protocol: 2, stack: " -- any", unsupported: registry },
} as const satisfies Record<string, Row>;

export type OpcodeName = keyof typeof rows;

export interface Opcode extends Row {
  readonly name: OpcodeName;
}

/** The opcodes by their byte. */
export const opcodes: ReadonlyMap<number, Opcode> = new Map(
  Object.entries(rows).map(([name, row]) => [row.code, { ...row, name: name as OpcodeName }]),
);
