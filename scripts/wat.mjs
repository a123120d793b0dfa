// WebAssembly kernels in source: an esbuild plugin that compiles the WAT (WebAssembly text) files that modules import.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import wabt from "wabt";

/** `import bytes from "./kernel.wat.js"` imports the module compiled from kernel.wat, as a Uint8Array. */
export const compileWat = {
  name: "compile-wat",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wat\.js$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice(0, -".js".length)),
    }));
    onLoad({ filter: /\.wat$/ }, async ({ path }) => {
      const base64 = Buffer.from(await wasmOf(path)).toString("base64");
      return { contents: `export default Uint8Array.from(atob("${base64}"), (byte) => byte.charCodeAt(0));` };
    });
  },
};

/** The module of a WAT file in WebAssembly's binary format. */
export async function wasmOf(path) {
  const module = (await wabt()).parseWat(path, await readFile(path), { simd: true });
  try {
    module.validate();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}
