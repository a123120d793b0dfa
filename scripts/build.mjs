// src/ -> dist/: the command (split into chunks, so that each subcommand loads only what it needs)
// and the function bundle (one file, no dependency: it goes into images).
import { readFileSync, rmSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";
import { projectRoot } from "./setup.mjs";

const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));

const common = {
  absWorkingDir: projectRoot,
  bundle: true,
  platform: "node",
  target: "node20.11",
  format: "esm",
  sourcemap: false,
  legalComments: "none",
  logLevel: "warning",
  define: { TEPAL_VERSION: JSON.stringify(version) },
  // Native or optional packages stay outside: they are found at run time.
  external: ["lmdb", "onnxruntime-node"],
};

/** CommonJS packages inside an ES module bundle ask for `require`. */
const requireForCommonJs = {
  js: 'import { createRequire as tepalCreateRequire } from "node:module"; const require = tepalCreateRequire(import.meta.url);',
};

/**
 * The cloud wants only the schemas of the AWS SDK's clients, not the clients: a fifth of the bytes, and 8 ms to load instead of 125.
 * Where a source file of the cloud imports a client package, the bundle gets the module of its schemas.
 */
export const clientSchemasOnly = {
  name: "client-schemas-only",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^@aws-sdk\/client-[a-z-]+$/ }, ({ path, importer, resolveDir, kind }) => {
      const isCloud = importer.startsWith(join(projectRoot, "src", "cloud") + sep);
      return isCloud ? resolve(`${path}/dist-es/schemas/schemas_0.js`, { resolveDir, kind }) : undefined;
    });
  },
};

/** libsvm's WebAssembly goes into the command itself; unbundled, the same module reads it from its package. */
const embedLibsvm = {
  name: "embed-libsvm",
  setup(building) {
    building.onLoad({ filter: /[\\/]train[\\/]svc[\\/]libsvm-bytes\.ts$/ }, () => ({
      contents: 'export { default as libsvmBytes } from "libsvm-wasm/dist/libsvm.wasm";',
      resolveDir: projectRoot,
    }));
  },
};

export async function build() {
  rmSync(join(projectRoot, "dist"), { recursive: true, force: true });
  await Promise.all([
    esbuild({
      ...common,
      entryPoints: { tepal: "src/cli/main.ts" },
      outdir: "dist",
      splitting: true,
      chunkNames: "chunks/[name]-[hash]",
      minifySyntax: true,
      minifyWhitespace: true,
      mainFields: ["module", "main"],
      banner: requireForCommonJs,
      loader: { ".wasm": "binary" },
      plugins: [clientSchemasOnly, embedLibsvm],
    }),
    esbuild({
      ...common,
      entryPoints: ["src/function/main.ts"],
      outfile: "dist/function.cjs",
      // CommonJS starts 4 ms sooner than an ES module. Names stay whole for the stack traces in logs: `keepNames` beside
      // short names would cost another 5 ms.
      format: "cjs",
      define: { "import.meta.dirname": "__dirname" },
      minifySyntax: true,
      minifyWhitespace: true,
    }),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
