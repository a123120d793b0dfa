import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startLambda, type TestImage } from "../../../../test/support/lambda.js";
import { temporaryDirectory } from "../../../../test/support/temporary-directory.js";
import { until } from "../../../../test/support/until.js";
import { systemClock } from "../../../base/index.js";
import type { RunConfig } from "../../../image/index.js";
import { watchResident } from "./memory.js";
import { plainProcessSandbox } from "./plain-process.js";

const skip = process.platform === "win32" ? "needs a POSIX shell" : false;

/** A runtime that responds with the value of `expression`, which can use `event` and `model`. */
function runtimeOf(expression: string): Buffer {
  return Buffer.from(`
    const { readFileSync } = require("node:fs");
    const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime";
    const model = readFileSync(process.env.TEPAL_MODEL, "utf8");
    (async () => {
      for (;;) {
        const next = await fetch(api + "/invocation/next");
        const event = await next.json();
        const id = next.headers.get("lambda-runtime-aws-request-id");
        await fetch(api + "/invocation/" + id + "/response", { method: "POST", body: JSON.stringify(${expression}) });
      }
    })();`);
}

/** An image as Tepal builds them, with this runtime. */
function functionImage(runtime: Buffer, more: Partial<RunConfig> = {}, layers: TestImage["layers"] = []): TestImage {
  return {
    layers: [
      [{ path: "var/task/function.cjs", content: runtime }],
      [{ path: "var/task/model/m", content: Buffer.from("the model") }],
      ...layers,
    ],
    config: {
      Entrypoint: ["/usr/bin/node", "/var/task/function.cjs"],
      Env: ["PATH=/usr/bin", "NODE_VERSION=20.11.0", "TEPAL_MODEL=/var/task/model/m"],
      WorkingDir: "/var/task",
      Labels: { "dev.tepal.function": "1" },
      ...more,
    },
  };
}

/** The sandbox of a Tepal that puts `runtime` into its images. */
function plain(t: TestContext, runtime: Buffer, platform = "linux") {
  const dir = temporaryDirectory(t);
  const runtimePath = join(dir, "function.cjs");
  writeFileSync(runtimePath, runtime);
  return plainProcessSandbox({
    platform,
    execPath: process.execPath,
    runtimePath,
    dir: join(dir, "tmp"),
    reason: "this is a test",
    watchMemory: ({ memoryMb }, kill) => watchResident(memoryMb * 2 ** 20, systemClock.elapsedMs, kill),
  });
}

test("runs a function image of this Tepal on this machine's Node", { skip }, async (t) => {
  const runtime = runtimeOf("[model, process.cwd().endsWith('/var/task'), Object.keys(process.env).length > 30]");
  const { create, invoke } = startLambda(t, { sandbox: plain(t, runtime) });
  await create("f", functionImage(runtime));

  const { payload, log } = await invoke("f");

  assert.deepEqual(payload, ["the model", true, false]);
  assert.match(log, /Max Memory Used: [1-9]\d+ MB/);
});

test("runs a function image without a shell, as on Windows, and ends one that hangs", { skip }, async (t) => {
  const runtime = runtimeOf("(() => { while (event.hang); return model; })()");
  const { create, invoke } = startLambda(t, { sandbox: plain(t, runtime, "win32") });
  await create("f", functionImage(runtime), { Timeout: 3, MemorySize: 256 });

  assert.equal((await invoke("f", {})).payload, "the model");
  assert.equal(((await invoke("f", { hang: true })).payload as { errorType: string }).errorType, "Sandbox.Timedout");
  assert.equal((await invoke("f", {})).payload, "the model");
});

test("does not pass the function's variables to a plain process", { skip }, async (t) => {
  const runtime = runtimeOf("Object.keys(process.env).filter((name) => name.startsWith('MY_'))");
  const { create, invoke } = startLambda(t, { sandbox: plain(t, runtime) });
  await create("f", functionImage(runtime), { Environment: { Variables: { MY_NAME: "x" } } });

  assert.deepEqual((await invoke("f")).payload, []);
});

const honest = runtimeOf("'honest'");
const foreign = runtimeOf("'foreign'");
const file = (path: string, content: Buffer | string = "x") => ({ path, content: Buffer.from(content) });
const env = (...more: string[]) => ({ Env: ["TEPAL_MODEL=/var/task/model/m", ...more] });

/** Images that carry Tepal's label, and all but the first Tepal's runtime too. */
const foreignImages: readonly (readonly [name: string, image: TestImage, mismatch: RegExp])[] = [
  ["its own code under the runtime's name", functionImage(foreign), /function\.cjs is not this Tepal's runtime/],
  ["another entry point", functionImage(honest, { Entrypoint: ["/bin/sh", "-c", "id"] }), /its command is/],
  [
    "arguments for Node",
    functionImage(honest, { Entrypoint: ["node", "--require=/x.js", "/var/task/function.cjs"] }),
    /its command is/,
  ],
  ["arguments in CMD", functionImage(honest, { Cmd: ["8080"] }), /its command is/],
  ["another working directory", functionImage(honest, { WorkingDir: "/" }), /its working directory is \//],
  ["NODE_OPTIONS", functionImage(honest, env("NODE_OPTIONS=--require=/x.js")), /NODE_OPTIONS is set/],
  ["NODE_PATH", functionImage(honest, env("NODE_PATH=/x")), /NODE_PATH is set/],
  ["LD_PRELOAD", functionImage(honest, env("LD_PRELOAD=/x.so")), /LD_PRELOAD is set/],
  [
    "a layer that replaces the runtime",
    functionImage(honest, {}, [[file("var/task/function.cjs", foreign)]]),
    /runtime/,
  ],
  ["a layer that adds code", functionImage(honest, {}, [[file("var/task/package.json")]]), /also has "package\.json"/],
  [
    "a model of this machine",
    functionImage(honest, { Env: ["TEPAL_MODEL=/etc/shadow"] }),
    /TEPAL_MODEL is "\/etc\/shadow"/,
  ],
  [
    "a model outside its directory",
    functionImage(honest, { Env: ["TEPAL_MODEL=/var/task/model/../../../../etc/shadow"] }),
    /TEPAL_MODEL is/,
  ],
  ["no model", functionImage(honest, { Env: [] }), /TEPAL_MODEL is ""/],
];

for (const [name, image, mismatch] of foreignImages) {
  test(`rejects an image with ${name}, whatever its label says`, { skip }, async (t) => {
    const { create, invoke } = startLambda(t, { sandbox: plain(t, honest) });
    await create("f", image);

    const { payload, error } = await invoke("f");

    assert.equal(error, "Unhandled");
    const { errorType, errorMessage } = payload as Record<string, string>;
    assert.equal(errorType, "Sandbox.NotSupported");
    assert.match(errorMessage!, /Error: Only function images that this Tepal built run here: .*this is a test\. /);
    assert.match(errorMessage!, mismatch);
  });
}

test("rejects an image whose model is a link to a file of this machine", { skip }, (t) => {
  const sandbox = plain(t, honest);
  const rootDir = temporaryDirectory(t);
  mkdirSync(join(rootDir, "var/task/model"), { recursive: true });
  writeFileSync(join(rootDir, "var/task/function.cjs"), honest);
  symlinkSync("/etc/passwd", join(rootDir, "var/task/model/m"));
  const code = {
    rootDir,
    command: ["/usr/bin/node", "/var/task/function.cjs"],
    environment: { TEPAL_MODEL: "/var/task/model/m" },
    workingDirectory: "/var/task",
    handler: "",
  };

  assert.match(sandbox.rejects(code) ?? "", /TEPAL_MODEL is "\/var\/task\/model\/m" and not a file/);
  assert.throws(() => sandbox.start({ ...code, id: "1", memoryMb: 128, temporaryMb: 512 }), /Not a function image/);
});

test("rejects variables of the function that make Node load other code", { skip }, async (t) => {
  const { create, invoke } = startLambda(t, { sandbox: plain(t, honest) });
  await create("f", functionImage(honest), { Environment: { Variables: { NODE_OPTIONS: "--require=/x.js" } } });

  assert.match(JSON.stringify((await invoke("f")).payload), /NODE_OPTIONS is set/);
});

test("rejects every image when the cloud has no function runtime", { skip }, async (t) => {
  const sandbox = plainProcessSandbox({
    platform: "linux",
    execPath: process.execPath,
    runtimePath: undefined,
    dir: temporaryDirectory(t),
    reason: "this is a test",
    watchMemory: () => assert.fail("nothing starts"),
  });
  const { create, invoke } = startLambda(t, { sandbox });
  await create("f", functionImage(honest));

  assert.match(JSON.stringify((await invoke("f")).payload), /started without the runtime of function images/);
});

test("ends a function that hangs, and serves the next invocation", { skip }, async (t) => {
  const runtime = runtimeOf("(() => { while (event.hang); return 1; })()");
  const { create, invoke } = startLambda(t, { sandbox: plain(t, runtime) });
  await create("f", functionImage(runtime), { Timeout: 3, MemorySize: 256 });

  const failed = await invoke("f", { hang: true });

  assert.equal((failed.payload as { errorType: string }).errorType, "Sandbox.Timedout");
  assert.equal((await invoke("f", {})).payload, 1);
});

test("ends a process that never yields when the cloud is killed", {
  skip: process.platform !== "linux" ? "needs /proc" : skip,
}, async (t) => {
  const dir = temporaryDirectory(t);
  const rootDir = join(dir, "root");
  mkdirSync(join(rootDir, "var/task/model"), { recursive: true });
  writeFileSync(join(rootDir, "var/task/function.cjs"), "console.log(process.pid); for (;;);");
  writeFileSync(join(rootDir, "var/task/model/m"), "");
  const module = new URL("./plain-process.js", import.meta.url).href;
  const program = `
    import { plainProcessSandbox } from ${JSON.stringify(module)};
    const none = { joinFiles: [], start() {}, usedBytes: () => 0, exceeded: () => false, stop() {} };
    const rootDir = ${JSON.stringify(rootDir)};
    const sandbox = plainProcessSandbox({ platform: "linux", execPath: process.execPath, runtimePath: rootDir + "/var/task/function.cjs",
      dir: ${JSON.stringify(join(dir, "tmp"))}, reason: "", watchMemory: () => none });
    const child = sandbox.start({ id: "orphan", rootDir, command: ["node", "/var/task/function.cjs"],
      environment: { TEPAL_MODEL: "/var/task/model/m" }, workingDirectory: "/var/task", memoryMb: 128, temporaryMb: 1 });
    child.stdout.pipe(process.stdout);
    setInterval(() => {}, 1000);`;
  const cloud = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => cloud.kill("SIGKILL"));
  const pid = Number(await new Promise((resolve) => cloud.stdout.once("data", resolve)));

  cloud.kill("SIGKILL");

  await until("the process has ended", () => !runs(pid));
});

/** A process that has ended is listed until its parent reads its status. */
function runs(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(join("/proc", String(pid), "status"), "utf8"));
  } catch {
    return false;
  }
}
