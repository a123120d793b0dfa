// src/ -> dist/: the command (split into chunks, so that each subcommand loads only what it needs)
// and the function bundle (one file, no dependency: it goes into images).
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build as esbuild, transform } from "esbuild";
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

/** API Gateway's worker threads run a bundle beside the command; the modules that use it are in chunks. */
const gatewayWorker = {
  name: "gateway-worker",
  setup(building) {
    building.onLoad({ filter: /[\\/]apigateway[\\/]worker[\\/]program-file\.ts$/ }, () => ({
      contents: 'export const workerProgram = new URL("../gateway-worker.js", import.meta.url);',
    }));
  },
};

/** libsvm's WebAssembly goes into the command itself; unbundled, the same module reads it from its package. */
const embedLibsvm = {
  name: "embed-libsvm",
  setup(building) {
    building.onLoad({ filter: /[\\/]train[\\/]svc[\\/]libsvm-wasm\.ts$/ }, () => ({
      contents: 'export { default as libsvmBytes } from "libsvm-wasm/dist/libsvm.wasm";',
      resolveDir: projectRoot,
    }));
  },
};

/**
 * One file of CommonJS, which starts 4 ms sooner than an ES module. What is imported on demand lies in it as texts that are compiled when they
 * are asked for: V8 looks at every function of a program, and half a megabyte of families of estimators took as long as the start of Node.
 * Names stay whole for the stack traces in logs: `keepNames` beside short names would cost another 5 ms.
 */
async function buildFunction() {
  const { outputFiles } = await esbuild({
    ...common,
    entryPoints: { main: "src/function/main.ts" },
    outdir: "dist",
    splitting: true,
    chunkNames: "[name]-[hash]",
    define: { "import.meta.dirname": "__dirname" },
    minifySyntax: true,
    minifyWhitespace: true,
    write: false,
  });
  const parts = await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const { code } = await transform(text, {
        format: "cjs",
        supported: { "dynamic-import": false },
        platform: "node",
        minifySyntax: true,
        minifyWhitespace: true,
      });
      return [`./${basename(path)}`, code];
    }),
  );
  const texts = new Map(parts);
  const start = eagerParts("./main.js", texts);
  const isLater = ([name]) => !start.includes(name);
  const asFunction = (name) => `${JSON.stringify(name)}(exports,require,module){${texts.get(name)}}`;
  const asText = ([name, code]) => `${JSON.stringify(name)}:${JSON.stringify(code)}`;
  const program = `"use strict";
const parts={${start.map(asFunction).join(",\n")}};
const texts={${parts.filter(isLater).map(asText).join(",\n")}};
const loaded=Object.create(null);
function part(name){
if(name in loaded)return loaded[name].exports;
const load=Object.hasOwn(parts,name)?parts[name]:Object.hasOwn(texts,name)?require("node:vm").compileFunction(texts[name],["exports","require","module","__dirname"],{filename:__filename+name.slice(1)}):undefined;
if(!load)return require(name);
const module=loaded[name]={exports:{}};
load(module.exports,part,module,__dirname);
return module.exports;
}
part("./main.js");
`;
  mkdirSync(join(projectRoot, "dist"), { recursive: true });
  writeFileSync(join(projectRoot, "dist", "function.cjs"), program);
}

/** The parts that `name` imports as soon as it is loaded, and those that they import. */
function eagerParts(name, texts, found = []) {
  if (found.includes(name)) return found;
  found.push(name);
  // An import on demand is `Promise.resolve().then(()=>...require(...))`; any other require is eager.
  for (const [, asked] of texts.get(name).matchAll(/(?<!\(\)=>(?:__toESM\()?)require\("(\.\/[^"]+)"\)/g)) {
    eagerParts(asked, texts, found);
  }
  return found;
}

export async function build() {
  rmSync(join(projectRoot, "dist"), { recursive: true, force: true });
  await Promise.all([
    esbuild({
      ...common,
      entryPoints: { tepal: "src/cli/main.ts", "gateway-worker": "src/cloud/apigateway/worker/main.ts" },
      outdir: "dist",
      splitting: true,
      chunkNames: "chunks/[name]-[hash]",
      minifySyntax: true,
      minifyWhitespace: true,
      mainFields: ["module", "main"],
      banner: requireForCommonJs,
      loader: { ".wasm": "binary" },
      plugins: [clientSchemasOnly, embedLibsvm, gatewayWorker],
    }),
    buildFunction(),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
