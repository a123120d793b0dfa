// Builds dist/ from src/: the command, split into chunks so that each subcommand loads only what it needs, and the
// function bundle.
import { rmSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";
import { buildFunction, functionParts } from "./build-function.mjs";
import { bundling, sourcesIn } from "./bundling.mjs";
import { buildDeclarations } from "./declarations.mjs";
import { projectRoot } from "./setup.mjs";
import { noticesOf } from "./third-party-notices.mjs";

/** CommonJS packages inside an ES module bundle call `require`. */
const requireForCommonJs = {
  js: 'import { createRequire as tepalCreateRequire } from "node:module"; const require = tepalCreateRequire(import.meta.url);',
};

/**
 * The cloud uses only the schemas of the AWS SDK's clients, not the clients: a fifth of the bytes, and 8 ms to load
 * instead of 125. Where a source file of the cloud imports a client package, the bundle gets the module of its schemas.
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

/** Worker threads run bundles beside the command; the modules that start them are in chunks. */
const workerPrograms = {
  name: "worker-programs",
  setup(building) {
    building.onLoad({ filter: /[\\/](apigateway|score)[\\/]worker[\\/]program-file\.ts$/ }, ({ path }) => {
      const program = /[\\/]score[\\/]/.test(path) ? "score-worker" : "gateway-worker";
      return { contents: `export const workerProgram = new URL("../${program}.js", import.meta.url);` };
    });
  },
};

/** The bundled command contains libsvm's WebAssembly; unbundled, the same source file reads it from its package. */
const embedLibsvm = {
  name: "embed-libsvm",
  setup(building) {
    building.onLoad({ filter: /[\\/]train[\\/]svc[\\/]libsvm-wasm\.ts$/ }, () => ({
      contents: 'export { default as libsvmBytes } from "libsvm-wasm/dist/libsvm.wasm";',
      resolveDir: projectRoot,
    }));
  },
};

/** The command, the programmatic API, and the programs of worker threads. */
const command = {
  ...bundling,
  entryPoints: {
    tepal: "src/cli/main.ts",
    index: "src/api/index.ts",
    "gateway-worker": "src/cloud/apigateway/worker/main.ts",
    "score-worker": "src/score/worker/main.ts",
  },
  outdir: "dist",
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  minifySyntax: true,
  minifyWhitespace: true,
  mainFields: ["module", "main"],
  banner: requireForCommonJs,
  loader: { ".wasm": "binary" },
  plugins: [...bundling.plugins, clientSchemasOnly, embedLibsvm, workerPrograms],
};

export async function build() {
  rmSync(join(projectRoot, "dist"), { recursive: true, force: true });
  await Promise.all([esbuild(command), buildFunction()]);
  buildDeclarations();
}

/** THIRD-PARTY-NOTICES.txt: the licenses of what all bundles contain. */
export async function noticesPage() {
  const [{ metafile }, { eager, lazy }] = await Promise.all([
    esbuild({ ...command, write: false, metafile: true }),
    functionParts(),
  ]);
  const sources = Object.values(metafile.outputs).flatMap(({ inputs }) => sourcesIn(inputs));
  const all = [...new Set([...sources, ...[...eager, ...lazy].flatMap((part) => part.sources)])];
  return `The published package of Tepal contains code of these projects. \`npm run docs\` generates this file.\n\n${noticesOf(all)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
