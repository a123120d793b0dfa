import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./setup.mjs";
import { compileWat } from "./wat.mjs";

const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));

/** What esbuild is told for both bundles, the command and the function. */
export const bundling = {
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
  plugins: [compileWat],
};

/** The source files of which at least one byte is in an output. @param inputs of an output in esbuild's metafile */
export function sourcesIn(inputs) {
  return Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
}
