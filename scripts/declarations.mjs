// The types of the programmatic API, dist/index.d.ts: one file without imports.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot, run } from "./setup.mjs";

/** The modules of src/ whose declarations are public. They import nothing else, but for types of internal functions. */
const modules = ["base/tepal-error", "api/types", "api/index"];
const tscOptions =
  "--declaration --emitDeclarationOnly --noCheck --noResolve --ignoreConfig --target es2023 --module nodenext --types node --rootDir src";
/** A line that imports or re-exports what the same file declares. */
const fromOther = /^(?:import|export) .* from "\.[^"]*";$/;

/** Only emits: `npm run check` checks the types of all files, and a test those of the result. */
export function buildDeclarations() {
  const outDir = mkdtempSync(join(tmpdir(), "tepal-types-"));
  const tsc = join(projectRoot, "node_modules", "typescript", "bin", "tsc");
  const sources = modules.map((module) => join("src", `${module}.ts`));
  try {
    run(process.execPath, [tsc, ...tscOptions.split(" "), "--outDir", outDir, ...sources]);
    const lines = modules.flatMap((module) => readFileSync(join(outDir, `${module}.d.ts`), "utf8").split("\n"));
    writeFileSync(join(projectRoot, "dist", "index.d.ts"), lines.filter((line) => !fromOther.test(line)).join("\n"));
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
