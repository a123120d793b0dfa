import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * libsvm as WebAssembly, from its package. scripts/build.mjs puts the bytes themselves in this module's place, so that the
 * command needs no package beside it.
 */
export const libsvmBytes: Uint8Array = readFileSync(
  createRequire(import.meta.url).resolve("libsvm-wasm/dist/libsvm.wasm"),
);
