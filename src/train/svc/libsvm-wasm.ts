import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * libsvm as WebAssembly, read from its package. scripts/build.mjs replaces this module by one that contains the bytes,
 * so that the built command does not need the package.
 */
export const libsvmBytes: Uint8Array = readFileSync(
  createRequire(import.meta.url).resolve("libsvm-wasm/dist/libsvm.wasm"),
);
