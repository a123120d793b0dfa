import { closeSync, openSync, readSync, statSync } from "node:fs";

const marker = "/usr/";
const pathPattern = /^\/usr\/[\w.@+/-]{1,200}\.m?js(?![\w.@+/-])/;
const bytesAtOnce = 4 << 20;
/** So much of one piece is looked at again with the next: more than a path has. */
const overlapBytes = 256;

/**
 * Script files that a Node reads when it starts: Debian and Fedora build Node so that acorn, cjs-module-lexer and undici come from
 * packages of their own (`--shared-builtin-...-path`). Their paths stand in the program as text; Node aborts when one is missing.
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
