// The function bundle, dist/function.cjs: one file without dependencies, which goes into images.
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, transform } from "esbuild";
import { bundling, sourcesIn } from "./bundling.mjs";
import { projectRoot } from "./setup.mjs";
import { noticesOf } from "./third-party-notices.mjs";

/**
 * Writes CommonJS, which starts 4 ms sooner than an ES module. Modules that are imported on demand are strings in it,
 * which are compiled when they are imported: V8 looks at every function of a program, and half a megabyte of families
 * of estimators took as long as the start of Node. The file ends with the licenses of the packages in it, because
 * images contain no other file of Tepal.
 */
export async function buildFunction() {
  const { eager, lazy } = await functionParts();
  const asFunction = async (part) => `${JSON.stringify(part.name)}(exports,require,module){${await commonJsOf(part)}}`;
  const asString = async (part) => `${JSON.stringify(part.name)}:${JSON.stringify(await commonJsOf(part))}`;
  const program = `"use strict";
const parts={${(await Promise.all(eager.map(asFunction))).join(",\n")}};
const sources={${(await Promise.all(lazy.map(asString))).join(",\n")}};
const loaded=Object.create(null);
function part(name){
if(name in loaded)return loaded[name].exports;
const load=Object.hasOwn(parts,name)?parts[name]:Object.hasOwn(sources,name)?require("node:vm").compileFunction(sources[name],["exports","require","module","__dirname"],{filename:__filename+name.slice(1)}):undefined;
if(!load)return require(name);
const module=loaded[name]={exports:{}};
load(module.exports,part,module,__dirname);
return module.exports;
}
part("./main.js");
/*! Third-party notices
${noticesOf([...eager, ...lazy].flatMap(({ sources }) => sources)).replaceAll("*/", "* /")}*/
`;
  mkdirSync(join(projectRoot, "dist"), { recursive: true });
  writeFileSync(join(projectRoot, "dist", "function.cjs"), program);
}

/**
 * The parts into which esbuild splits the function: those that run at its start, and those that are imported on demand.
 * A part is `{ name, code, sources, packages }`: an ES module, the source files in it, and what it imports from outside
 * the bundle.
 */
export async function functionParts() {
  const { outputFiles, metafile } = await build({
    ...bundling,
    entryPoints: { main: "src/function/main.ts" },
    outdir: "dist",
    splitting: true,
    chunkNames: "[name]-[hash]",
    define: { ...bundling.define, "import.meta.dirname": "__dirname" },
    minifySyntax: true,
    minifyWhitespace: true,
    write: false,
    metafile: true,
  });
  const codes = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const { outputs } = metafile;
  const eagerPaths = new Set();
  const addEager = (path) => {
    if (eagerPaths.has(path)) return;
    eagerPaths.add(path);
    for (const imported of outputs[path].imports) {
      if (imported.kind === "import-statement" && !imported.external) addEager(imported.path);
    }
  };
  addEager("dist/main.js");
  const parts = Object.entries(outputs).map(([path, { inputs, imports }]) => ({
    name: `./${basename(path)}`,
    code: codes.get(basename(path)),
    sources: sourcesIn(inputs),
    packages: imports.filter(({ external }) => external).map((imported) => imported.path),
    isEager: eagerPaths.has(path),
  }));
  return { eager: parts.filter(({ isEager }) => isEager), lazy: parts.filter(({ isEager }) => !isEager) };
}

/** Names are not minified, for the stack traces in logs: `keepNames` beside short names would cost another 5 ms. */
async function commonJsOf({ code }) {
  const transformed = await transform(code, {
    format: "cjs",
    supported: { "dynamic-import": false },
    platform: "node",
    minifySyntax: true,
    minifyWhitespace: true,
  });
  return transformed.code;
}
