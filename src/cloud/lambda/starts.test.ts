// When environments are started: in advance for a function whose last start succeeded; for others only when an
// invocation needs one.

import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startLambda, type TestImage } from "../../../test/support/lambda.js";
import { systemClock } from "../../base/index.js";
import type { Exit, Sandbox, SandboxRequest } from "./sandbox/sandbox.js";

const image: TestImage = {
  layers: [[{ path: "bin/handler", content: Buffer.from("#!"), executable: true }]],
  config: { Entrypoint: ["/bin/handler"] },
};
/** Many times the interval at which pools look for missing environments. */
const settleMs = 300;

/** A sandbox without processes: each start runs `behave`, and ends when that does. */
function fakeSandbox(behave: (request: SandboxRequest, started: number) => Promise<unknown>) {
  let starts = 0;
  const sandbox: Sandbox = {
    name: "fake",
    rejects: () => undefined,
    start(request) {
      let kill = () => {};
      const killed = new Promise<Exit>((resolve) => {
        kill = () => resolve({ how: "signal", status: 0, signal: "killed", outOfMemory: false });
      });
      const ended = behave(request, ++starts).then(
        (): Exit => ({ how: "exit", status: 1, signal: "", outOfMemory: false }),
      );
      const exited = Promise.race([ended, killed]);
      return { stdout: Readable.from([]), stderr: Readable.from([]), exited, memoryUsedBytes: () => 0, kill };
    },
  };
  return { sandbox, starts: () => starts };
}

/** Polls for an invocation, as a runtime does that has started. */
function poll(t: TestContext, { environment }: SandboxRequest): Socket {
  const [host, port] = environment.AWS_LAMBDA_RUNTIME_API!.split(":");
  const socket = connect(Number(port), host);
  socket.on("error", () => {});
  t.after(() => socket.destroy());
  socket.write(`GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`);
  return socket;
}

/** A runtime that takes `workMs` for each invocation, and `returnMs` from its response to its next poll. */
async function serve(request: SandboxRequest, workMs: number, returnMs: number): Promise<void> {
  const api = `http://${request.environment.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;
  for (;;) {
    const event = await fetch(`${api}/next`);
    await event.text();
    await sleep(workMs);
    const id = event.headers.get("lambda-runtime-aws-request-id");
    await (await fetch(`${api}/${id}/response`, { method: "POST", body: `"${request.id}"` })).text();
    await sleep(returnMs, undefined, { ref: false });
  }
}

test("a caller that waits for each response stays on one environment, although another is idle", async (t) => {
  const { sandbox, starts } = fakeSandbox((request) => serve(request, 120, 5).catch(() => {}));
  const { create, invoke } = startLambda(t, { sandbox });
  await create("f", image, { Timeout: 30 });

  const environments: unknown[] = [];
  for (let count = 0; count < 12; count++) environments.push((await invoke("f")).payload);

  assert.ok(starts() > 1, "another one is started ahead");
  const changes = environments.filter((environment, index) => index > 0 && environment !== environments[index - 1]);
  // On a busy machine an environment may come back too late.
  assert.ok(changes.length <= 4, `${changes.length} changes of the environment`);
});

test("an invocation does not wait for an environment that does not come back", async (t) => {
  const { sandbox } = fakeSandbox((request, started) =>
    serve(request, 120, started === 1 ? 60_000 : 5).catch(() => {}),
  );
  const { create, invoke } = startLambda(t, { sandbox });
  await create("f", image, { Timeout: 30 });

  const first = await invoke("f");
  const startedMs = systemClock.elapsedMs();
  const second = await invoke("f");

  assert.notEqual(first.payload, second.payload);
  assert.ok(systemClock.elapsedMs() - startedMs < 30_000);
});

test("a function that cannot start is started once ahead, and twice for each invocation", async (t) => {
  const { sandbox, starts } = fakeSandbox(async () => {});
  const { create, invoke } = startLambda(t, { sandbox });
  await create("f", image);
  await sleep(settleMs);
  assert.equal(starts(), 1);

  const { error, payload } = await invoke("f");
  await sleep(settleMs);

  assert.equal(error, "Unhandled");
  assert.equal((payload as { errorType: string }).errorType, "Runtime.ExitError");
  assert.equal(starts(), 3);
  await invoke("f");
  assert.equal(starts(), 5);
});

test("invocations that wait for the same failed starts get their responses together", async (t) => {
  const { sandbox, starts } = fakeSandbox(() => sleep(50));
  const { create, invoke } = startLambda(t, { sandbox });
  await create("f", image);
  await sleep(settleMs);

  const failed = await Promise.all([1, 2, 3, 4].map(() => invoke("f")));

  assert.ok(failed.every(({ error }) => error === "Unhandled"));
  assert.ok(starts() <= 1 + 3, `${starts()} starts`);
});

test("a function that cannot start is not started by the next cloud either, until it is invoked", async (t) => {
  const first = startLambda(t, { sandbox: fakeSandbox(async () => {}).sandbox });
  await first.create("f", image);
  await sleep(settleMs);
  await first.close();

  const { sandbox, starts } = fakeSandbox(async () => {});
  const second = startLambda(t, { sandbox, folder: first.folder });
  await sleep(settleMs);

  assert.equal(starts(), 0);
  assert.equal((await second.invoke("f")).error, "Unhandled");
  assert.equal(starts(), 2);
});

test("a function that works is started ahead by the next cloud, also after failed starts", async (t) => {
  // The start ahead and the first one of the invocation fail.
  const flaky = fakeSandbox(async (request, started) => {
    if (started <= 2) return;
    poll(t, request);
    await new Promise(() => {});
  });
  const first = startLambda(t, { sandbox: flaky.sandbox });
  await first.create("f", image, { Timeout: 1 });
  await first.invoke("f");
  await first.close();

  const next = fakeSandbox(async () => {});
  startLambda(t, { sandbox: next.sandbox, folder: first.folder });
  await sleep(settleMs);

  assert.equal(next.starts(), 1);
});

test("a function that was changed is started ahead, whatever happened before", async (t) => {
  const { sandbox, starts } = fakeSandbox(async () => {});
  const { create, send, ready } = startLambda(t, { sandbox });
  await create("f", image);
  await sleep(settleMs);

  await send("UpdateFunctionConfiguration", { FunctionName: "f", Timeout: 5 });
  await ready("f");
  await sleep(settleMs);

  assert.equal(starts(), 2);
});

test("a function that ends while it is idle is not started again before the next invocation", async (t) => {
  const { sandbox, starts } = fakeSandbox(async (request) => {
    poll(t, request);
    await sleep(50);
  });
  const { create } = startLambda(t, { sandbox });
  await create("f", image);

  await sleep(settleMs);

  assert.equal(starts(), 1);
});
