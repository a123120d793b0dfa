// Writes WebAssembly modules: the instructions that the kernels use, by their names in the specification, and the binary form around them
// (https://webassembly.github.io/spec/core/binary/). An expression is its bytes, after those of its operands.

export type Code = readonly number[];

const valueTypes = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueTypes;

/** A parameter or a variable of a function. */
export interface Local {
  readonly get: Code;
  set(value: Code): Code;
}

export interface FunctionText {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  /** Statements, one after another. `local` makes a variable, at first zero. */
  body(parameters: readonly Local[], local: (type: ValueType) => Local): readonly Code[];
}

const simdPrefix = 0xfd;

const unsigned = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];

function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}

type Operator = (...operands: readonly Code[]) => Code;
const plain =
  (opcode: number): Operator =>
  (...operands) => [...operands.flat(), opcode];
const simd =
  (opcode: number): Operator =>
  (...operands) => [...operands.flat(), simdPrefix, ...unsigned(opcode)];

/** Reads at `address` + `offset` bytes. Alignment is a hint: 2^0 always holds. */
const load =
  (...opcode: readonly number[]) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, 0, ...unsigned(offset)];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  load: load(0x28),
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x36, 0, ...unsigned(offset)],
  add: plain(0x6a),
  and: plain(0x71),
  shl: plain(0x74),
  mul: plain(0x6c),
  lessThan: plain(0x48),
  shiftRight: plain(0x75),
  shiftRightUnsigned: plain(0x76),
  sub: plain(0x6b),
  isZero: plain(0x45),
};

export const f32 = { load: load(0x2a), greater: plain(0x5e) };

export const f64 = {
  const: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  load: load(0x2b),
  add: plain(0xa0),
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x39, 0, ...unsigned(offset)],
};

export const v128 = {
  load: load(simdPrefix, 0x00),
  load64Splat: load(simdPrefix, 0x0a),
  store: (address: Code, value: Code, offset = 0): Code => [
    ...[...address, ...value, simdPrefix, 0x0b],
    ...[0, ...unsigned(offset)],
  ],
  and: simd(0x4e),
};

export const f64x2 = {
  splat: simd(0x14),
  extract: (lane: 0 | 1, value: Code): Code => [...value, simdPrefix, 0x21, lane],
  replace: (lane: 0 | 1, value: Code, by: Code): Code => [...value, ...by, simdPrefix, 0x22, lane],
  equal: simd(0x47),
  lessThan: simd(0x49),
  greater: simd(0x4a),
  add: simd(0xf0),
  sub: simd(0xf1),
  mul: simd(0xf2),
  neg: simd(0xed),
  /** The lanes of two vectors: 0 and 1 are of the first, 2 and 3 of the second. */
  shuffle: (first: Code, second: Code, lanes: readonly [number, number]): Code => [
    ...[...first, ...second, simdPrefix, 0x0d],
    ...lanes.flatMap((lane) => Array.from({ length: 8 }, (_, byte) => lane * 8 + byte)),
  ],
};

export const i32x4 = {
  extract: (lane: number, value: Code): Code => [...value, simdPrefix, 0x1b, lane],
  shiftRight: simd(0xac),
  /** Truncates two doubles into lanes 0 and 1. */
  ofF64x2: simd(0xfc),
};

export const i64x2 = {
  /** Lanes 0 and 1 of four 32-bit integers. */
  ofLowI32x4: simd(0xc7),
  allTrue: simd(0xc3),
  shiftLeft: simd(0xcb),
  add: simd(0xce),
  splat: (value: Code): Code => [...value, 0xac, simdPrefix, 0x12],
};

/** Statements again and again, while the condition after them holds. */
export const doWhile = (statements: readonly Code[], condition: Code): Code => [
  ...[0x03, 0x40, ...statements.flat()],
  ...[...condition, 0x0d, 0, 0x0b],
];

export const when = (condition: Code, statements: readonly Code[]): Code => [
  ...[...condition, 0x04, 0x40, ...statements.flat()],
  0x0b,
];

export const call = (index: number, argument: Code): Code => [...argument, 0x10, ...unsigned(index)];

/**
 * The module's bytes. It imports its memory as "memory" of "env", and from there functions of one f64 that answer one, called by their place in the list.
 */
export function assemble(imports: readonly string[], functions: readonly FunctionText[]): Uint8Array {
  const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
  const section = (id: number, items: readonly Code[]): Code => {
    const content = list(items);
    return [id, ...unsigned(content.length), ...content];
  };
  const name = (text: string): Code => [...unsigned(text.length), ...new TextEncoder().encode(text)];
  const functionType = (parameters: readonly ValueType[], results: readonly ValueType[]): Code => [
    ...[0x60, ...list(parameters.map((type) => [valueTypes[type]]))],
    ...list(results.map((type) => [valueTypes[type]])),
  ];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [functionType(["f64"], ["f64"]), ...functions.map(({ parameters }) => functionType(parameters, []))]),
    ...section(2, [
      [...name("env"), ...name("memory"), 2, 0, 1],
      ...imports.map((imported): Code => [...name("env"), ...name(imported), 0, 0]),
    ]),
    ...section(
      3,
      functions.map((_, index) => unsigned(index + 1)),
    ),
    ...section(
      7,
      functions.map((text, index): Code => [...name(text.name), 0, ...unsigned(imports.length + index)]),
    ),
    ...section(
      10,
      functions.map((text) => {
        const code = functionCode(text);
        return [...unsigned(code.length), ...code];
      }),
    ),
  ]);
}

function functionCode({ parameters, body }: FunctionText): Code {
  const variables: ValueType[] = [];
  const at = (index: number): Local => ({
    get: [0x20, ...unsigned(index)],
    set: (value) => [...value, 0x21, ...unsigned(index)],
  });
  const statements = body(
    parameters.map((_, index) => at(index)),
    (type) => at(parameters.length + variables.push(type) - 1),
  );
  const declared = variables.flatMap((type) => [1, valueTypes[type]]);
  return [...unsigned(variables.length), ...declared, ...statements.flat(), 0x0b];
}
