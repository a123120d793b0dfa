// The last program of the chain that starts a function: a static executable of about 100 bytes, mounted in the
// function's root.
//
// The programs before it (setpriv, unshare, sh, mount) run with privileges. An image sets arbitrary variables,
// LD_PRELOAD included, which must not reach them: each variable of the function is passed under a name with the prefix
// `_T`, which has no meaning to them. The helper removes all other variables, strips the prefix, closes every file but
// the standard three (an open directory would be a way out of the root), and executes the command. A script would need
// an interpreter in the image. The sources are x64.s and arm64.s.

import { machineCode } from "./machine-code.js";

/** Prefix of the function's variables on their way through the chain. */
export const variablePrefix = "_T";

/** Exit statuses above this one are an error number plus this: executing the command failed with it. */
const notStartedStatus = 192;

/** Go's messages, which AWS shows, for the error numbers that execve returns for a bad command. */
const errorMessages: Readonly<Record<number, string>> = {
  2: "no such file or directory",
  7: "argument list too long",
  8: "exec format error",
  12: "cannot allocate memory",
  13: "permission denied",
  20: "not a directory",
  40: "too many levels of symbolic links",
};

/** The message of an exit status that the helper returned; undefined for the command's own. */
export function execErrorOf(status: number): string | undefined {
  return errorMessages[status - notStartedStatus];
}

/** The helper as an ELF executable for an architecture (Node's `process.arch`); undefined for an unsupported one. */
export function execHelper(architecture: string): Uint8Array | undefined {
  const machine = machineCode[architecture];
  if (!machine) return undefined;
  const code = Buffer.from(machine.code, "hex");
  const headerBytes = 64;
  const programHeaderBytes = 56;
  const start = headerBytes + programHeaderBytes;
  const base = 0x400000n;
  const file = Buffer.alloc(start + code.length);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]); // magic, 64 bits, little-endian, version 1
  file.writeUInt16LE(2, 16); // an executable
  file.writeUInt16LE(machine.elf, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(base + BigInt(start), 24); // entry
  file.writeBigUInt64LE(BigInt(headerBytes), 32); // offset of the program headers
  file.writeUInt16LE(headerBytes, 52);
  file.writeUInt16LE(programHeaderBytes, 54);
  file.writeUInt16LE(1, 56); // one of them
  file.writeUInt32LE(1, headerBytes); // load ...
  file.writeUInt32LE(5, headerBytes + 4); // ... readable and executable
  file.writeBigUInt64LE(base, headerBytes + 16);
  file.writeBigUInt64LE(base, headerBytes + 24);
  file.writeBigUInt64LE(BigInt(file.length), headerBytes + 32);
  file.writeBigUInt64LE(BigInt(file.length), headerBytes + 40);
  file.writeBigUInt64LE(0x10000n, headerBytes + 48); // alignment that every page size divides
  file.set(code, start);
  return file;
}
