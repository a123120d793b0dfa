// numpy's own file of one array, .npy: a magic, a version, a header in the form of a Python dict, the array's bytes.

import { Cursor, type TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { decodeLatin1, printable } from "../pickle/text.js";
import { DType, type Field } from "./dtype.js";
import { NdArray } from "./ndarray.js";

const magic = "\x93NUMPY";

/** A record's header lists its fields; numpy's own writer rejects longer ones by default. */
const headerBytesMax = 10_000;

/** What numpy writes: the type as a code or, for records, a list of names and codes. */
const headerForm =
  /^\{'descr': (?:'([^']+)'|\[((?:\('[^']*', '[^']+'\)(?:, )?)+)\]), 'fortran_order': (True|False), 'shape': \(((?:\d+, ?)*\d*)\),? ?\}\s*$/;

/**
 * @throws ModelError "numpy-broken" for Python objects and nested records, which are not supported in .npy files;
 * "file-cut-short"
 */
export function readNpy(file: Uint8Array): NdArray {
  const { bytes, dtype, shape, columnMajor } = readHeader(file);
  if (dtype.letter === "O") throw broken("An array of Python objects is not supported from a .npy file");
  return NdArray.of(dtype, shape, columnMajor, bytes.take(bytes.remaining, "an array"));
}

/** The pickle of an array of Python objects; undefined for other arrays. @throws as `readNpy` */
export function pickleInNpy(file: Uint8Array): Uint8Array | undefined {
  const { bytes, dtype } = readHeader(file);
  return dtype.letter === "O" ? bytes.take(bytes.remaining, "a pickle") : undefined;
}

interface Header {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly columnMajor: boolean;
  /** After the header. */
  readonly bytes: Cursor;
}

function readHeader(file: Uint8Array): Header {
  const bytes = new Cursor(file);
  if (decodeLatin1(bytes.take(magic.length, "numpy's magic")) !== magic) throw broken("The file is not a .npy file");
  const version = bytes.uint8("a version");
  bytes.uint8("a minor version");
  const length = version === 1 ? bytes.uint16("a header's length") : bytes.uint32("a header's length");
  if (length > headerBytesMax) throw broken(`A header of ${length} bytes; the maximum is ${headerBytesMax}`);
  const header = decodeLatin1(bytes.take(length, "a header"));
  const [, code, fields, columnMajor, lengths] = headerForm.exec(header) ?? [];
  if (lengths === undefined) throw broken(`The header is not supported: ${printable(header)}`);
  const dtype = code === undefined ? recordOf(fields!) : new DType(code);
  const shape = lengths
    .split(",")
    .filter((text) => text.trim() !== "")
    .map(Number);
  return { dtype, shape, columnMajor: columnMajor === "True", bytes };
}

/** Fields follow each other; a gap between them is a field without a name. */
function recordOf(text: string): DType {
  const fields = new Map<string, Field>();
  let offset = 0;
  for (const [, name, code] of text.matchAll(/\('([^']*)', '([^']+)'\)/g)) {
    const dtype = new DType(code!);
    if (dtype.letter === "O") throw broken("Records that hold Python objects are not supported");
    if (name !== "") fields.set(name!, { dtype, offset });
    offset += dtype.itemBytes;
  }
  const record = new DType(`V${offset}`);
  record.fields = fields;
  return record;
}

function broken(message: string): TepalError {
  return new ModelError("numpy-broken", message);
}
