import { resolve } from "node:path";
import { createHandler, startServer } from "../../function/index.js";
import { looksLikeImage } from "../../image/index.js";
import { command } from "../command.js";
import { type CommandContext, untilStopped } from "../command-context.js";
import { readModelSource } from "../model-source.js";
import { integer } from "../parse.js";
import { runImage } from "../run-image.js";

interface Address {
  readonly host: string;
  readonly port: number;
}

export const run = command({
  args: {
    model: { positional: true, required: true, help: "path of a model file, or of an image built by tepal build" },
    port: { help: "port to listen on", parse: integer(0, 65535), default: 8080 },
    host: { help: "address to listen on", default: "127.0.0.1", value: "ADDRESS" },
  },
  examples: ["run iris_model.sav", "run iris.tar --port 9000"],

  run: ({ model: path, ...address }, context) =>
    looksLikeImage(resolve(context.cwd, path)) ? runImage(path, address, context) : runModel(path, address, context),
});

async function runModel(path: string, { host, port }: Address, context: CommandContext): Promise<undefined> {
  const { terminal } = context;
  const { model } = await readModelSource([path], context);
  const log = { info: (line: string) => terminal.note(line), warn: (line: string) => terminal.note(line) };
  const handler = createHandler(model, log);
  const server = await startServer({ handler, signature: model.signature, host, port, log }).catch(async (error) => {
    throw isPortInUse(error) ? await (await import("../../cloud/index.js")).portInUse(port) : error;
  });
  terminal.result({ url: server.url, pid: process.pid }, `Serving ${path} at ${server.url}`);
  terminal.note("  POST /predict, POST /2015-03-31/functions/function/invocations, GET /health. Press Ctrl-C to stop.");
  await untilStopped(context);
  await server.close();
}

function isPortInUse(error: unknown): boolean {
  return (
    error instanceof Error && error.cause instanceof Error && "code" in error.cause && error.cause.code === "EADDRINUSE"
  );
}
