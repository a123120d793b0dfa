// `npm run docs`: writes the parts of docs/ that are made from the code: the tables of errors and of models, and the picture of a run.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { modelsPage } from "./models-table.mjs";
import { ensureBuild, projectRoot } from "./setup.mjs";
import { terminalSvg } from "./terminal-svg.mjs";

/** docs/errors.md, from src/base/codes.ts. */
export async function errorsPage() {
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: ["src/base/codes.ts"],
    bundle: true,
    format: "esm",
    write: false,
  });
  const { codes } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
  );
  return [
    "# Errors",
    "",
    "Every error of Tepal has a code, printed in brackets after its message (and as `error.code` under `--json`).",
    "This page is written from `src/base/codes.ts` by `npm run docs`.",
    "",
    ...Object.entries(codes)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([code, { meaning, remedy }]) => [`## ${code}`, "", meaning, "", `**What to do:** ${remedy}`, ""]),
  ].join("\n");
}

/** docs/tour.svg, from what `npm start -- --once` prints in an empty home. */
async function tourPicture() {
  await ensureBuild();
  const home = mkdtempSync(join(tmpdir(), "tepal-docs-"));
  const run = () =>
    // Through a shell, so that both outputs come in the order in which a terminal shows them.
    spawnSync("sh", ["-c", '"$0" "$1" tour --once 2>&1', process.execPath, join(projectRoot, "dist", "tepal.js")], {
      env: { PATH: process.env.PATH, HOME: home },
      encoding: "utf8",
    });
  try {
    const { status, stdout } = run();
    if (status !== 0) throw new Error(`The tour failed:\n${stdout}`);
    return terminalSvg(["$ npm start", "", ...stdout.trimEnd().split("\n")]);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(projectRoot, "docs", "errors.md"), await errorsPage());
  writeFileSync(join(projectRoot, "docs", "models.md"), await modelsPage());
  writeFileSync(join(projectRoot, "docs", "tour.svg"), await tourPicture());
}
