// The packed package in clean prefixes: installed globally, run by npx, and imported by a user's project.

import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { transform } from "esbuild";
import { newProject, npm, packPackage } from "./support/packed.js";
import { projectPath } from "./support/project.js";
import { run, runWell } from "./support/run.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { freePort } from "./support/tepal.js";

const scratch = temporaryDirectory({ after });
const iris = projectPath("examples/iris/iris_model.sav");
const request = "[[5.9, 3.0, 5.1, 2.3]]";
let archive = "";
/** A project of a user, with the package installed; undefined without a network. */
let project: string | undefined;

before(async () => {
  archive = await packPackage(scratch);
  const directory = newProject(join(scratch, "project"));
  if ((await npm(["install", archive], directory)) === undefined) return;
  project = directory;
  cpSync(projectPath("examples"), join(directory, "examples"), { recursive: true });
});

/** An environment without anything of this user, and with a cloud on its own port, stopped after the test. */
async function cleanEnvironment(t: TestContext, command: string) {
  const home = temporaryDirectory(t);
  const port = String(await freePort());
  const env = { HOME: home, XDG_CACHE_HOME: projectPath(".build/cache"), XDG_DATA_HOME: join(home, "data") };
  t.after(() => run(process.execPath, [command, "cloud", "stop", "--port", port], { env }));
  return { env, port };
}

test("npm install -g gives a command that deploys a model", async (t) => {
  const prefix = join(scratch, "global");
  const installed = await npm(["install", "--global", "--prefix", prefix, archive], scratch);
  if (installed === undefined) return t.skip("npm needs a network");
  const { env, port } = await cleanEnvironment(t, join(prefix, "lib", "node_modules", "tepal", "dist", "tepal.js"));
  const tepal = (...words: string[]) => runWell(join(prefix, "bin", "tepal"), words, { env });

  const url = await tepal("deploy", iris, "--name", "iris", "--port", port);
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: `{"values": ${request}}`,
  });

  assert.equal(await response.text(), "[2]");
  assert.equal(await tepal("invoke", "iris", request, "--port", port), "[2]");
});

test("npx runs the command without an installation", async (t) => {
  const words = ["exec", "--yes", `--package=${archive}`, "--", "tepal", "predict", iris, request];
  const printed = await npm(words, newProject(join(scratch, "npx")));
  if (printed === undefined) return t.skip("npm needs a network");

  assert.equal(printed, "[2]");
});

/** The blocks of docs/api.md. */
const examples = [...readFileSync(projectPath("docs/api.md"), "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
  ([, code = ""]) => code,
);

for (const [resolution, options] of [
  ["Node", ["--module", "nodenext"]],
  ["a bundler", ["--module", "esnext", "--moduleResolution", "bundler"]],
] as const) {
  test(`the examples of docs/api.md have correct types, as ${resolution} resolves the package`, async (t) => {
    if (project === undefined) return t.skip("npm needs a network");
    const directory = newProject(join(project, `types-${options[1]}`));
    for (const [index, code] of examples.entries()) writeFileSync(join(directory, `example${index}.ts`), code);
    const strict = ["--strict", "--noEmit", "--skipLibCheck", "false", "--target", "es2022", "--ignoreConfig"];
    const types = ["--typeRoots", projectPath("node_modules/@types"), "--types", "node"];
    const files = examples.map((_, index) => `example${index}.ts`);
    const words = [projectPath("node_modules/typescript/bin/tsc"), ...strict, ...options, ...types, ...files];

    const { status, stdout } = await run(process.execPath, words, { cwd: directory });

    assert.ok(examples.length >= 5);
    assert.equal(status, 0, stdout);
  });
}

test("the examples of docs/api.md print what their comments say", async (t) => {
  if (project === undefined) return t.skip("npm needs a network");
  const { env, port } = await cleanEnvironment(t, join(project, "node_modules", "tepal", "dist", "tepal.js"));
  let compared = 0;
  for (const [index, code] of examples.entries()) {
    const file = join(project, `example${index}.js`);
    const js = await transform(code.replace("4566", port), { loader: "ts" });
    writeFileSync(file, js.code);

    const printed = await runWell(process.execPath, [file], { cwd: project, env });

    // A comment is the whole value that a call of console.log prints.
    for (const [, expected = ""] of code.matchAll(/console\.log\([^;]*\); \/\/ (\S.*?)(?:, with all digits)?$/gm)) {
      assert.ok(isPrinted(expected, printed), `${expected} of\n${code}\nis not in\n${printed}`);
      compared++;
    }
  }
  assert.equal(compared, 10);
});

/** Strings without their quotes; of numbers as many digits as the comment has. */
function isPrinted(expected: string, printed: string): boolean {
  const text = expected.replaceAll(/^"|"$/g, "");
  const pattern = text
    .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/\d\\\.\d+/g, (number) => `${number}\\d*`)
    .replaceAll(/\s*([[\]{}]|\\[[\]{}])\s*/g, "\\s*$1\\s*");
  return new RegExp(pattern).test(printed);
}

test("an error of the installed package is an instance of its TepalError, with code, place and hint", async (t) => {
  if (project === undefined) return t.skip("npm needs a network");
  const file = join(project, "error.mjs");
  writeFileSync(
    file,
    `import { deploy, readModel, TepalError } from "tepal";
    for (const attempt of [
      () => readModel("absent.pkl"),
      () => readModel({ name: "broken.pkl", bytes: new Uint8Array([0x80, 4, 0x2e]) }),
      () => deploy("absent.pkl", { target: "moon" }),
      () => deploy("absent.pkl", { port: 1.5 }),
    ]) await attempt().catch((error) => console.log(error instanceof TepalError, error.code, error.hint !== ""));`,
  );

  const printed = await runWell(process.execPath, [file], { cwd: project });

  assert.deepEqual(printed.split("\n"), [
    "true file-unreadable true",
    "true pickle-broken true",
    "true command-line true",
    "true command-line true",
  ]);
});
