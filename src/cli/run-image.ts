// An image's own server without a container: the runtime and the model are unpacked from the image, and run by this machine's Node.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TepalError } from "../base/index.js";
import { configOf, readImage, unpackLayer } from "../image/index.js";
import { thisPlatform } from "./build-image.js";
import type { CommandContext } from "./command-context.js";
import { CliError } from "./errors.js";

/** The runtime's layer and the model's, and onnxruntime's between them, on top of any base. */
const ownLayersMax = 3;

/** Serves until Ctrl-C, and answers the server's exit status. @throws CliError "image-not-runnable" for an image of others */
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
    const isThere = () => existsSync(join(root, bundle)) && existsSync(join(root, model));
    for (const layer of image.layers.slice(-ownLayersMax).reverse()) {
      if (!isThere()) await unpackLayer(layer.open(), root);
    }
    if (!isThere()) throw notRunnable(path);
    return await serve(
      join(root, bundle),
      { TEPAL_MODEL: join(root, model), TEPAL_HOST: host, PORT: String(port) },
      context,
    );
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Runs the server as a child that ends with this process. */
async function serve(bundle: string, env: Readonly<Record<string, string>>, context: CommandContext): Promise<number> {
  const child = spawn(context.execPath, [bundle], { env, stdio: ["ignore", 2, 2] });
  const { stop } = context;
  stop.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  const [status] = await once(child, "exit");
  return stop.aborted ? 0 : Number(status ?? 1);
}

function notRunnable(path: string): TepalError {
  return new CliError("image-not-runnable", `${path} is an image, but not one that tepal build made`);
}
