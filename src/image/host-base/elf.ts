// The parts of an executable or library that the dynamic loader reads: Executable and Linkable Format, 64 bit,
// little-endian (elf(5)).

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { Cursor, TepalError } from "../../base/index.js";
import { ImageError } from "../errors.js";

export interface Elf {
  /** e_machine: 62 is x86-64. */
  readonly machine: number;
  /** The dynamic loader; undefined for a library and for a statically linked executable. */
  readonly interpreter: string | undefined;
  /** Names of the libraries that it needs. */
  readonly needed: readonly string[];
  /** Directories to search, as written; `runpath` replaces `rpath`. */
  readonly rpath: readonly string[];
  readonly runpath: readonly string[];
}

const magic = "\x7fELF";
const class64 = 2;
const littleEndian = 1;
const headerBytes = 64;
const programHeaderBytes = 56;
const segmentTypes = { load: 1, dynamic: 2, interpreter: 3 } as const;
const tags = { needed: 1n, stringTable: 5n, rpath: 15n, runpath: 29n } as const;
/** Program headers and dynamic sections of real files have a few KB. */
const sectionBytesMax = 1 << 20;
/** A path of the dynamic section: Linux's PATH_MAX. */
const textBytesMax = 4096;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
}

/** Whether the loader of this machine accepts a file; it skips others of the same name. */
export function isElfFor(machine: number, path: string): boolean {
  try {
    return readElf(path).machine === machine;
  } catch (error) {
    if (error instanceof TepalError) return false;
    throw error;
  }
}

/** @throws ImageError "image-base-elf" unless it is a valid 64-bit little-endian ELF file */
export function readElf(path: string): Elf {
  const file = openSync(path, "r");
  try {
    const size = fstatSync(file).size;
    const read = (offset: number, length: number, lengthMin = length): Uint8Array => {
      if (length > sectionBytesMax || offset + lengthMin > size) {
        throw new ImageError(
          "image-base-elf",
          `${path} refers to ${length} bytes at offset ${offset}, but has ${size} bytes`,
          {
            place: { file: path, byte: offset },
          },
        );
      }
      const bytes = new Uint8Array(Math.min(length, size - offset));
      readSync(file, bytes, 0, bytes.length, offset);
      return bytes;
    };
    return parseElf(read, path, size);
  } finally {
    closeSync(file);
  }
}

/** Reads `length` bytes, or at least `lengthMin` at the end of the file. */
type Read = (offset: number, length: number, lengthMin?: number) => Uint8Array;

function parseElf(read: Read, path: string, size: number): Elf {
  const header = new Cursor(read(0, Math.min(headerBytes, size)));
  const ident = size < headerBytes ? new Uint8Array(16) : header.take(16, "e_ident");
  if (
    Buffer.from(ident.subarray(0, 4)).toString("latin1") !== magic ||
    ident[4] !== class64 ||
    ident[5] !== littleEndian
  ) {
    throw new ImageError("image-base-elf", `${path} is not a 64-bit little-endian ELF file`, { place: { file: path } });
  }
  header.take(2, "e_type");
  const machine = header.uint16("e_machine");
  header.take(12, "e_version and e_entry");
  const tableOffset = Number(header.uint64("e_phoff"));
  header.take(16, "e_shoff, e_flags, e_ehsize and e_phentsize");
  const segments = readSegments(read, tableOffset, header.uint16("e_phnum"));
  const interpreter = segments.find(({ type }) => type === segmentTypes.interpreter);
  return {
    machine,
    interpreter: interpreter && readText(read, interpreter.offset),
    ...readDynamic(read, segments),
  };
}

function readSegments(read: Read, offset: number, count: number): Segment[] {
  const table = new Cursor(read(offset, count * programHeaderBytes));
  return Array.from({ length: count }, () => {
    const type = table.uint32("p_type");
    table.take(4, "p_flags");
    const fileOffset = Number(table.uint64("p_offset"));
    const address = Number(table.uint64("p_vaddr"));
    table.take(8, "p_paddr");
    const fileSize = Number(table.uint64("p_filesz"));
    table.take(16, "p_memsz and p_align");
    return { type, offset: fileOffset, address, fileSize };
  });
}

function readDynamic(read: Read, segments: readonly Segment[]): Pick<Elf, "needed" | "rpath" | "runpath"> {
  const dynamic = segments.find(({ type }) => type === segmentTypes.dynamic);
  if (!dynamic) return { needed: [], rpath: [], runpath: [] };
  const section = new Cursor(read(dynamic.offset, dynamic.fileSize));
  const values = new Map<bigint, number[]>();
  while (section.remaining >= 16) {
    const tag = section.uint64("d_tag");
    const value = Number(section.uint64("d_val"));
    if (tag === 0n) break;
    values.set(tag, [...(values.get(tag) ?? []), value]);
  }
  const address = values.get(tags.stringTable)?.[0] ?? 0;
  const holder = segments.find(
    (segment) =>
      segment.type === segmentTypes.load && address >= segment.address && address < segment.address + segment.fileSize,
  );
  // One string at a time: the table of Node's symbols has several MB.
  const table = holder ? address - holder.address + holder.offset : 0;
  const textsOf = (tag: bigint) => (values.get(tag) ?? []).map((offset) => readText(read, table + offset));
  const foldersOf = (tag: bigint) =>
    textsOf(tag).flatMap((directories) => directories.split(":").filter((directory) => directory !== ""));
  return { needed: textsOf(tags.needed), rpath: foldersOf(tags.rpath), runpath: foldersOf(tags.runpath) };
}

function readText(read: Read, offset: number): string {
  const bytes = Buffer.from(read(offset, textBytesMax, 1));
  const end = bytes.indexOf(0);
  return bytes.toString("utf8", 0, end < 0 ? bytes.length : end);
}
