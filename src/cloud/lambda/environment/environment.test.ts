import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { test } from "node:test";
import { systemClock } from "../../../base/index.js";
import type { Exit, Sandbox } from "../sandbox/sandbox.js";
import { Environment, type EnvironmentSpec } from "./environment.js";
import { LogStream } from "./log-stream.js";

const spec: EnvironmentSpec = {
  functionName: "f",
  version: "1",
  memoryMb: 128,
  temporaryMb: 512,
  timeoutSeconds: 3,
  code: { rootDir: "/", command: ["/bin/f"], handler: "f", workingDirectory: "/", environment: {} },
  variables: (runtimeApi) => ({ AWS_LAMBDA_RUNTIME_API: runtimeApi }),
};

/** A process that connects to its Runtime API once more when it is killed, and reports the outcome. */
function reachingSandbox(found: (outcome: string) => void): Sandbox {
  return {
    name: "test",
    rejects: () => undefined,
    start({ environment }) {
      const [host, port] = environment.AWS_LAMBDA_RUNTIME_API!.split(":");
      let exit: (how: Exit) => void;
      const exited = new Promise<Exit>((resolve) => {
        exit = resolve;
      });
      const kill = () => {
        const socket = connect(Number(port), host);
        const leave = (outcome: string) => {
          found(outcome);
          socket.destroy();
          exit({ how: "signal", status: 0, signal: "killed", outOfMemory: false });
        };
        socket.once("connect", () => leave("connected")).once("error", ({ message }) => leave(message));
      };
      return { stdout: Readable.from([]), stderr: Readable.from([]), exited, memoryUsedBytes: () => 0, kill };
    },
  };
}

test("keeps the Runtime API open until the process has ended", async () => {
  const outcomes: string[] = [];
  const sandbox = reachingSandbox((outcome) => outcomes.push(outcome));
  let runtimeApi = "";
  const log = new LogStream(
    { account: "000000000000", region: "us-east-1", group: "g", stream: "s" },
    { append() {} },
    systemClock.nowMs,
  );
  const variables = (address: string) => {
    runtimeApi = address;
    return spec.variables(address);
  };
  const host = { id: "1", sandbox, clock: systemClock, log, initTimeoutMs: 10_000, onIdle() {}, onEnd() {} };
  const environment = new Environment({ ...spec, variables }, host);
  const ended = environment.run();
  await new Promise((resolve) => setImmediate(resolve));

  environment.retire();
  await ended;

  assert.deepEqual(outcomes, ["connected"]);
  const late = connect(Number(runtimeApi.split(":")[1]), "127.0.0.1");
  const [error] = await once(late, "error").catch((thrown: Error) => [thrown]);
  assert.match(String(error), /ECONNREFUSED/);
});
