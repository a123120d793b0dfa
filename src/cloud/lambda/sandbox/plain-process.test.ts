import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startLambda, type TestImage } from "../../../../test/support/lambda.js";
import { temporaryFolder } from "../../../../test/support/temporary-folder.js";
import { until } from "../../../../test/support/until.js";
import { systemClock } from "../../../base/index.js";
import { watchResident } from "./memory.js";
import { plainProcessSandbox } from "./plain-process.js";

const skip = process.platform === "win32" ? "needs a POSIX shell" : false;

/** A function of Node's own modules that answers what `answer`, an expression over `event`, gives. */
function nodeImage(
  answer: string,
  labels: Readonly<Record<string, string>> = { "dev.tepal.function": "1" },
): TestImage {
  const code = `
    import { readFileSync } from "node:fs";
    const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime";
    const model = readFileSync(process.env.TEPAL_MODEL, "utf8");
    for (;;) {
      const next = await fetch(api + "/invocation/next");
      const event = await next.json();
      const id = next.headers.get("lambda-runtime-aws-request-id");
      await fetch(api + "/invocation/" + id + "/response", { method: "POST", body: JSON.stringify(${answer}) });
    }`;
  const file = (path: string, text: string) => ({ path, content: Buffer.from(text) });
  return {
    layers: [[file("var/task/function.mjs", code)], [file("var/task/model/m", "the model")]],
    config: {
      Entrypoint: ["/usr/bin/node", "/var/task/function.mjs"],
      Env: ["TEPAL_MODEL=/var/task/model/m"],
      WorkingDir: "/var/task",
      Labels: labels,
    },
  };
}

function plain(t: TestContext) {
  return plainProcessSandbox({
    execPath: process.execPath,
    dir: temporaryFolder(t),
    reason: "this is a test",
    watchMemory: ({ memoryMb }, kill) => watchResident(memoryMb * 2 ** 20, systemClock.elapsedMs, kill),
  });
}

test("a function of Tepal runs on this machine's Node, on the unpacked files", { skip }, async (t) => {
  const { create, invoke } = startLambda(t, { sandbox: plain(t) });
  await create("f", nodeImage("[model, process.cwd().endsWith('/var/task'), Object.keys(process.env).length > 30]"));

  const { payload, log } = await invoke("f");

  assert.deepEqual(payload, ["the model", true, false]);
  assert.match(log, /Max Memory Used: [1-9]\d+ MB/);
});

test("any other image is refused with what is missing", { skip }, async (t) => {
  const { create, invoke } = startLambda(t, { sandbox: plain(t) });
  await create("f", nodeImage("1", {}));

  const { payload, error, requestId } = await invoke("f");

  assert.equal(error, "Unhandled");
  assert.deepEqual(payload, {
    errorType: "Sandbox.NotSupported",
    errorMessage: `RequestId: ${requestId} Error: Only Tepal's own function images run here: any other image needs Linux namespaces, and this is a test.`,
  });
});

test("a function that hangs is ended, and the next invocation works", { skip }, async (t) => {
  const { create, invoke } = startLambda(t, { sandbox: plain(t) });
  await create("f", nodeImage("(() => { while (event.hang); return 1; })()"), { Timeout: 3, MemorySize: 256 });

  const failed = await invoke("f", { hang: true });

  assert.equal((failed.payload as { errorType: string }).errorType, "Sandbox.Timedout");
  assert.equal((await invoke("f", {})).payload, 1);
});

test("a process that never looks up ends with the cloud", {
  skip: process.platform !== "linux" ? "needs /proc" : skip,
}, async (t) => {
  const dir = temporaryFolder(t);
  const module = new URL("./plain-process.js", import.meta.url).href;
  const program = `
    import { plainProcessSandbox } from ${JSON.stringify(module)};
    const none = { joinFiles: [], start() {}, usedBytes: () => 0, exceeded: () => false, stop() {} };
    const sandbox = plainProcessSandbox({ execPath: process.execPath, dir: ${JSON.stringify(dir)}, reason: "", watchMemory: () => none });
    const child = sandbox.start({ id: "orphan", rootDir: "/", command: ["node", "-e", "console.log(process.pid); for (;;);"],
      environment: {}, workingDirectory: "/", memoryMb: 128, temporaryMb: 1 });
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

/** A process that has ended may still be listed until somebody asks for its status. */
function runs(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(join("/proc", String(pid), "status"), "utf8"));
  } catch {
    return false;
  }
}
