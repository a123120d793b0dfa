// `npm run docs`: writes the generated parts of docs/ (the tables of errors and of models, and the picture of a run),
// and the notices of bundled packages.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { noticesPage } from "./build.mjs";
import { modelsPage } from "./models-table.mjs";
import { ensureBuild, projectRoot } from "./setup.mjs";
import { terminalSvg } from "./terminal-svg.mjs";

const rooms = ["base", "model", "function", "image", "deploy", "train", "score", "cloud", "cli"];

/** The table of error codes that each room's errors.ts exports, as one list in the order of the rooms. */
export async function errorCodes() {
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    stdin: {
      contents: rooms
        .map((room) => `export { ${room}ErrorCodes as ${room} } from "./src/${room}/errors.js";`)
        .join("\n"),
      resolveDir: projectRoot,
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    write: false,
  });
  const tables = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  return rooms.flatMap((room) => Object.entries(tables[room]).map(([code, entry]) => ({ room, code, ...entry })));
}

/** docs/errors.md, from the errors.ts of each room. */
export async function errorsPage() {
  const entries = await errorCodes();
  return [
    "# Errors",
    "",
    "Every Tepal error has a code, printed in brackets after its message (and as `error.code` under `--json`).",
    "`npm run docs` generates this page from `src/*/errors.ts`.",
    "",
    ...entries
      .sort((a, b) => (a.code < b.code ? -1 : 1))
      .flatMap(({ code, meaning, remedy }) => [`## ${code}`, "", meaning, "", `**What to do:** ${remedy}`, ""]),
  ].join("\n");
}

/**
 * A picture without what differs from run to run: durations, identifiers of resources, and the size and digest of the
 * image, which contains the machine's Node.
 */
export function withoutVariableParts(svg) {
  return svg
    .replace(/ *\b[\d.]+ (?:ms|s|MB)\b/g, " 0")
    .replace(/sha256:[0-9a-f]{12}/g, "sha256:0")
    .replace(/\b(restapis\/|REST API +\w+, |POST \/predict, |serves )[a-z0-9]{6,10}\b/g, "$1ID")
    .replace(/ (?:width|viewBox)="[\d ]+"/g, "");
}

/** Keeps the picture that exists if the run printed the same, so that each run of this script does not change it. */
function writePicture(path, svg) {
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (withoutVariableParts(before) !== withoutVariableParts(svg)) writeFileSync(path, svg);
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
  writeFileSync(join(projectRoot, "THIRD-PARTY-NOTICES.txt"), await noticesPage());
  writePicture(join(projectRoot, "docs", "tour.svg"), await tourPicture());
}
