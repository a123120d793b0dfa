import { memoryMbMax, memoryMbMin, specDefaults } from "../../deploy/index.js";
import { createHandler, nameOfFile, startServer } from "../../function/index.js";
import { digestOf } from "../../image/index.js";
import { buildImage, imageArgs } from "../build-image.js";
import { command } from "../command.js";
import { type CommandContext, untilStopped } from "../command-context.js";
import type { ModelSource } from "../model-source.js";
import { commandLineError, integer } from "../parse.js";
import { runImage } from "../run-image.js";
import { readSource } from "../source.js";
import { modelArgs, requestedModel } from "../spec-file.js";

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Lambda's longest time-out. API Gateway's limit does not apply here. */
const timeoutSecondsMax = 900;

export const run = command({
  args: {
    ...modelArgs,
    port: { help: "port to listen on", parse: integer(0, 65535), default: 8080 },
    host: { help: "address to listen on", default: "127.0.0.1", value: "ADDRESS" },
    env: {
      repeatable: true,
      help: "environment variable of the function of an image",
      parse: assignment,
      value: "NAME=VALUE",
    },
    memory: {
      help: "memory of the function of an image in MB",
      parse: integer(memoryMbMin, memoryMbMax),
      default: specDefaults.memoryMb,
      value: "MB",
    },
    timeout: {
      help: "time-out of the function of an image in seconds",
      parse: integer(1, timeoutSecondsMax),
      default: specDefaults.timeoutSeconds,
      value: "SECONDS",
    },
    ...imageArgs,
  },
  examples: ["run iris_model.sav", "run iris.tar --port 9000", "run ghcr.io/me/churn:v1 --env STAGE=test"],

  async run({ model, config, ...options }, context) {
    const source = await readSource(await requestedModel({ model, config }, context), options, context);
    if (source.kind === "model") return runModel(source, options, context);
    const title = source.kind === "image" ? source.title : source.name;
    const { image } = await buildImage(source, options, context);
    return runImage(image, title, options, context);
  },
});

async function runModel(
  { name, model, files }: ModelSource,
  { host, port }: Address,
  context: CommandContext,
): Promise<undefined> {
  const { terminal } = context;
  const log = { info: (line: string) => terminal.note(line), warn: (line: string) => terminal.note(line) };
  const about = {
    name: nameOfFile(name),
    tepal: context.version,
    files: () => files.map((file) => ({ name: file.name, bytes: file.bytes.length, digest: digestOf(file.bytes) })),
  };
  const served = { model, about, log };
  const handler = createHandler(served);
  const server = await startServer({ ...served, handler, host, port }).catch(async (error) => {
    throw isPortInUse(error) ? await (await import("../../cloud/index.js")).portInUse(port) : error;
  });
  terminal.result({ url: server.url, pid: process.pid }, `Serving ${name} at ${server.url}`);
  terminal.note(
    "  POST /predict, GET /openapi.json, GET /model, GET /health, and the paths of MLflow, KServe and SageMaker.",
  );
  terminal.note("  Press Ctrl-C to stop.");
  await untilStopped(context);
  await server.close();
  return undefined;
}

/** `NAME=VALUE` */
function assignment(text: string): readonly [string, string] {
  const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw commandLineError(`${text} is not NAME=VALUE`);
  return [name, value];
}

function isPortInUse(error: unknown): boolean {
  return (
    error instanceof Error && error.cause instanceof Error && "code" in error.cause && error.cause.code === "EADDRINUSE"
  );
}
