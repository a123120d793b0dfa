// Runs the server of a Tepal image without a container: unpacks its runtime and model layers and starts them with this
// machine's Node.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TepalError } from "../base/index.js";
import { configOf, readImage, unpackLayer } from "../image/index.js";
import type { CommandContext } from "./command-context.js";
import { CliError } from "./errors.js";
import { thisPlatform } from "./named-image.js";

/** Above the base, an image has the layers of the runtime, of onnxruntime (if needed) and of the model. */
const ownLayersMax = 3;

/**
 * Serves until Ctrl-C and returns the server's exit status. @throws CliError "image-not-runnable" for an image not
 * built by Tepal
 */
export async function runImage(
  path: string,
  { host, port }: { readonly host: string; readonly port: number },
  context: CommandContext,
): Promise<number> {
  const image = await readImage(resolve(context.cwd, path), { platform: thisPlatform(context) });
  const { config } = await configOf(image);
  const bundle = config.Entrypoint?.at(-1) ?? "";
  const model = config.Env?.find((each) => each.startsWith("TEPAL_MODEL="))?.slice("TEPAL_MODEL=".length);
  const root = await mkdtemp(join(tmpdir(), "tepal-run-"));
  try {
    if (model === undefined) throw notRunnable(path);
    const isComplete = () => existsSync(join(root, bundle)) && existsSync(join(root, model));
    for (const layer of image.layers.slice(-ownLayersMax).reverse()) {
      if (!isComplete()) await unpackLayer(layer.open(), root);
    }
    if (!isComplete()) throw notRunnable(path);
    return await serve(
      join(root, bundle),
      { TEPAL_MODEL: join(root, model), TEPAL_HOST: host, PORT: String(port) },
      context,
    );
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Runs the server as a child process that ends with this one. */
async function serve(bundle: string, env: Readonly<Record<string, string>>, context: CommandContext): Promise<number> {
  const child = spawn(context.execPath, [bundle], { env, stdio: ["ignore", 2, 2] });
  const { stop } = context;
  stop.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  const [status] = await once(child, "exit");
  return stop.aborted ? 0 : Number(status ?? 1);
}

function notRunnable(path: string): TepalError {
  return new CliError("image-not-runnable", `${path} is not an image built by tepal build`);
}
