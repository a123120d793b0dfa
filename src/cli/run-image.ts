// Runs an image without a container: a Tepal image as a server of its model, with this machine's Node; any other Lambda
// image in the sandbox of the local cloud, behind the address of AWS's Runtime Interface Emulator.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { codeResponse } from "../deploy/index.js";
import { clientErrorPrefix } from "../function/index.js";
import { type Image, unpackFunction } from "../image/index.js";
import { type CommandContext, untilStopped } from "./command-context.js";
import { runtimeDigest, withTemporaryDirectory } from "./image-source.js";

interface RunOptions {
  readonly host: string;
  readonly port: number;
  readonly memory: number;
  readonly timeout: number;
  /** Names and values of environment variables. */
  readonly env: readonly (readonly [string, string])[];
}

/** Serves until Ctrl-C and returns the exit status. @throws ImageError "image-not-runnable", "image-..." */
export function runImage(image: Image, title: string, options: RunOptions, context: CommandContext): Promise<number> {
  return withTemporaryDirectory(async (directory) => {
    const root = join(directory, "function");
    await mkdir(root);
    const model = await unpackFunction(image, root, await runtimeDigest(context));
    return model === undefined
      ? await emulate(image, title, directory, options, context)
      : await serveModel(join(root, model), options, context);
  });
}

/**
 * Runs the server as a child process that ends with this one. The runtime is this Tepal's own, to which the image's is
 * equal: no code of the image runs.
 */
async function serveModel(model: string, { host, port }: RunOptions, context: CommandContext): Promise<number> {
  const env = { TEPAL_MODEL: model, TEPAL_HOST: host, PORT: String(port) };
  const child = spawn(context.execPath, [join(context.distDir, "function.cjs")], { env, stdio: ["ignore", 2, 2] });
  const { stop } = context;
  stop.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  const [status] = await once(child, "exit");
  return stop.aborted ? 0 : Number(status ?? 1);
}

async function emulate(
  image: Image,
  title: string,
  directory: string,
  { host, port, memory, timeout, env }: RunOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal, clock, distDir } = context;
  const { startEmulator } = await import("../cloud/index.js");
  const line = (text: string) => terminal.note(text);
  const asApi = ({ payload, isError }: { readonly payload: Uint8Array; readonly isError: boolean }) =>
    codeResponse({ payload: Buffer.from(payload).toString("utf8"), isError }, { clientErrorPrefix });
  const emulator = await startEmulator({
    image,
    directory,
    host,
    port,
    memoryMb: memory,
    timeoutSeconds: timeout,
    variables: Object.fromEntries(env),
    runtimePath: join(distDir, "function.cjs"),
    clock,
    log: { info: line, warn: line },
    onLogLine: line,
    routes: { "/": asApi, "/predict": asApi },
  });
  terminal.result({ url: emulator.url, pid: process.pid }, `Serving ${title} at ${emulator.url}`);
  terminal.note("  POST /2015-03-31/functions/function/invocations, POST /, POST /predict. Press Ctrl-C to stop.");
  await untilStopped(context);
  await emulator.close();
  return 0;
}
