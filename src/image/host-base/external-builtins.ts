import { closeSync, openSync, readSync, statSync } from "node:fs";

const marker = "/usr/";
const pathPattern = /^\/usr\/[\w.@+/-]{1,200}\.m?js(?![\w.@+/-])/;
const bytesAtOnce = 4 << 20;
/** Overlap of two chunks: more than the length of a path. */
const overlapBytes = 256;

/**
 * Script files that Node reads when it starts: Debian and Fedora build Node with acorn, cjs-module-lexer and undici
 * from other packages (`--shared-builtin-...-path`). Their paths are strings in the program; Node aborts if one is
 * missing.
 */
export function externalBuiltins(program: string): string[] {
  const found = new Set<string>();
  const file = openSync(program, "r");
  try {
    const bytes = Buffer.alloc(bytesAtOnce);
    for (let offset = 0; ; offset += bytesAtOnce - overlapBytes) {
      const length = readSync(file, bytes, 0, bytesAtOnce, offset);
      const piece = bytes.subarray(0, length);
      for (let at = piece.indexOf(marker); at >= 0; at = piece.indexOf(marker, at + 1)) {
        const path = pathPattern.exec(piece.toString("latin1", at, at + overlapBytes))?.[0];
        if (path && statSync(path, { throwIfNoEntry: false })?.isFile()) found.add(path);
      }
      if (length < bytesAtOnce) return [...found].sort();
    }
  } finally {
    closeSync(file);
  }
}
