import { resolve } from "node:path";
import { createHandler, startServer } from "../../function/index.js";
import { looksLikeImage } from "../../image/index.js";
import { command } from "../command.js";
import { type CommandContext, untilStopped } from "../command-context.js";
import { type ModelSource, readModelSource } from "../model-source.js";
import { integer } from "../parse.js";
import { runImage } from "../run-image.js";
import { modelArgs, requestedModel } from "../spec-file.js";

interface Address {
  readonly host: string;
  readonly port: number;
}

export const run = command({
  args: {
    ...modelArgs,
    port: { help: "port to listen on", parse: integer(0, 65535), default: 8080 },
    host: { help: "address to listen on", default: "127.0.0.1", value: "ADDRESS" },
  },
  examples: ["run iris_model.sav", "run iris.tar --port 9000"],

  async run({ host, port, ...choice }, context) {
    const requested = await requestedModel(choice, context);
    const { value, directory } = requested;
    if (typeof value === "string" && looksLikeImage(resolve(directory, value))) {
      return runImage(resolve(directory, value), { host, port }, context);
    }
    return runModel(await readModelSource(requested, context), { host, port }, context);
  },
});

async function runModel({ name, model }: ModelSource, { host, port }: Address, context: CommandContext) {
  const { terminal } = context;
  const log = { info: (line: string) => terminal.note(line), warn: (line: string) => terminal.note(line) };
  const handler = createHandler(model, log);
  const server = await startServer({ handler, signature: model.signature, host, port, log }).catch(async (error) => {
    throw isPortInUse(error) ? await (await import("../../cloud/index.js")).portInUse(port) : error;
  });
  terminal.result({ url: server.url, pid: process.pid }, `Serving ${name} at ${server.url}`);
  terminal.note("  POST /predict, POST /2015-03-31/functions/function/invocations, GET /health. Press Ctrl-C to stop.");
  await untilStopped(context);
  await server.close();
  return undefined;
}

function isPortInUse(error: unknown): boolean {
  return (
    error instanceof Error && error.cause instanceof Error && "code" in error.cause && error.cause.code === "EADDRINUSE"
  );
}
