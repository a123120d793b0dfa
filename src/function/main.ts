// Entry point of a function image. With AWS_LAMBDA_RUNTIME_API in the environment it is a Lambda runtime; otherwise an
// HTTP server on TEPAL_HOST, port 8080 (or the first argument, or PORT). TEPAL_MODEL is a model
// file or a chain.json; by default, the only file or the chain.json in model/ beside this file. TEPAL_NAME is the
// model's name in the protocols of KServe; by default, the name of the function, or of the file.

import { type Log, TepalError } from "../base/index.js";
import type { Model } from "../model/index.js";
import { type About, describeFiles, nameOfFile } from "./about.js";
import { FunctionError } from "./errors.js";
import { createHandler } from "./handler.js";
import { loadModel, modelPath } from "./model-file.js";
import { runLoop } from "./runtime/loop.js";
import { RuntimeApi } from "./runtime/runtime-api.js";

/** The version in package.json, inserted by the build. */
declare const TEPAL_VERSION: string;

const log: Log = { info: (line) => console.log(line), warn: (line) => console.error(line) };

const { AWS_LAMBDA_RUNTIME_API: runtimeAddress, TEPAL_MODEL, TEPAL_HOST, PORT } = process.env;
const { AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_VERSION, TEPAL_NAME } = process.env;

function about(): About {
  const path = modelPath(TEPAL_MODEL, import.meta.dirname);
  return {
    name: TEPAL_NAME || AWS_LAMBDA_FUNCTION_NAME || nameOfFile(path),
    tepal: TEPAL_VERSION,
    ...(AWS_LAMBDA_FUNCTION_VERSION && { release: AWS_LAMBDA_FUNCTION_VERSION }),
    files: () => describeFiles(path),
  };
}

async function runInLambda(address: string): Promise<void> {
  const api = new RuntimeApi(address);
  api.connect();
  let model: Model;
  try {
    model = await loadModel(TEPAL_MODEL, import.meta.dirname);
  } catch (error) {
    const reported = api.initError({ errorType: "Runtime.ModelUnreadable", errorMessage: describe(error) });
    // Even if the report fails, the error to log is the model's.
    await reported.catch(() => {});
    throw error;
  }
  await runLoop(api, createHandler({ model, about: about(), log }), log);
}

async function runAsServer(): Promise<void> {
  const model = await loadModel(TEPAL_MODEL, import.meta.dirname);
  // Loaded on demand: Lambda's cold start does not need an HTTP server.
  const { startServer } = await import("./server/server.js");
  const served = { model, about: about(), log };
  const server = await startServer({
    ...served,
    handler: createHandler(served),
    // In a container, only the engine's network can reach this address; publishing the port is the user's choice.
    host: TEPAL_HOST || "0.0.0.0",
    port: portOf(process.argv[2] || PORT || "8080"),
  });
  log.info(`Serving ${model.signature.type} on ${server.url}`);
  // As process 1 of a container, Node would ignore these signals.
  for (const signal of ["SIGTERM", "SIGINT"])
    process.once(signal, () => void server.close().then(() => process.exit(0)));
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65536) return Number(text);
  throw new FunctionError("server-address", `The port must be a number from 0 to 65535, found ${JSON.stringify(text)}`);
}

function describe(error: unknown): string {
  if (!(error instanceof TepalError))
    return error instanceof Error ? error.message : "a value that is not an Error was thrown";
  const { code, message, place, hint } = error;
  return `${message}${place.file ? ` (${place.file})` : ""}. ${hint} [${code}]`;
}

(runtimeAddress ? runInLambda(runtimeAddress) : runAsServer()).catch((error: unknown) => {
  const isBug = error instanceof Error && !(error instanceof TepalError);
  log.warn(isBug ? (error.stack ?? error.message) : describe(error));
  process.exit(1);
});
