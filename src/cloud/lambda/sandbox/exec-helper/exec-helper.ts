// The last link of the chain that starts a function: a static program of some 100 bytes, bound into the function's root.
//
// The chain before it (setpriv, unshare, sh, mount) are programs of this machine that hold privileges. An image chooses its own
// environment, LD_PRELOAD included, so that environment must not be theirs: every variable of the function travels under a name that
// begins with `_T`, which means nothing to them. The helper drops all other variables, takes the prefix off the rest, closes every
// file but the standard three (an open folder of the cloud's starter would be a way out of the root), and starts the command.
// No machine is sure to have such a program, and a script would need an interpreter inside the image. x64.s and arm64.s are its source.

import { machines } from "./machine-code.js";

/** Before the name of each variable that is meant for the function. */
export const variablePrefix = "_T";

/** Exit statuses from here on are the error number with which starting the command failed. */
const notStartedStatus = 192;

/** What Go, and so AWS, calls the error numbers that execve gives for a bad command. */
const errorWords: Readonly<Record<number, string>> = {
  2: "no such file or directory",
  7: "argument list too long",
  8: "exec format error",
  12: "cannot allocate memory",
  13: "permission denied",
  20: "not a directory",
  40: "too many levels of symbolic links",
};

/** The error's words, when an exit status is the helper's. */
export function notStartedWords(status: number): string | undefined {
  return errorWords[status - notStartedStatus];
}

/** The helper as an ELF executable for this architecture (Node's `process.arch`); undefined where there is none. */
export function execHelper(architecture: string): Uint8Array | undefined {
  const machine = machines[architecture];
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
  file.writeBigUInt64LE(BigInt(headerBytes), 32); // where the program headers are
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
