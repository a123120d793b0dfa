// AWS's Lambda Runtime Interface Emulator: one function behind an HTTP address, for `tepal run`.
//
// It differs from AWS's emulator in three ways: the function is sandboxed as in the local cloud; a second request at
// the same time waits instead of being rejected; and the defaults of memory and time-out are the caller's.

import { createServer } from "node:http";
import { isAddressedHere, isFromAnotherSite } from "../../callers.js";
import type { HttpReply, HttpRequestHead } from "../../http.js";
import { listen, stopListening } from "../../listen.js";
import { serve } from "../../node-http.js";
import { AwsError } from "../../protocol/aws-error.js";
import { type IncomingRequest, internalError } from "../../request-router.js";
import { checkPayload, clientContextOf } from "../invocation/payload.js";
import { EmulatedFunction, type EmulatedResult, type FunctionOptions } from "./emulated-function.js";

interface EmulatorOptions extends FunctionOptions {
  readonly host: string;
  /** 0 lets the system choose a free port. */
  readonly port: number;
  /** Other paths that invoke the function, with the response to a result, such as that of an API in front of it. */
  readonly routes?: Readonly<
    Record<string, (result: EmulatedResult) => { readonly status: number; readonly body: string }>
  >;
}

interface RunningEmulator {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const invocationsPath = "/2015-03-31/functions/function/invocations";
/** Read beyond Lambda's limit of 6 MB, so that a larger event gets Lambda's message with its size. */
const bodyBytesMax = 10 * 1024 * 1024;
const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/;
const jsonHeaders = { "Content-Type": "application/json" };

/**
 * Starts the function of an image, and resolves when it accepts requests.
 * @throws CloudError "port-in-use"; ImageError "image-not-runnable", "image-..."
 */
export async function startEmulator(options: EmulatorOptions): Promise<RunningEmulator> {
  const { host, log } = options;
  const server = createServer();
  // The port comes first: unpacking an image takes seconds.
  const port = await listen(server, options.port, host);
  try {
    const running = await EmulatedFunction.start(options);
    server.on(
      "request",
      serve(async (incoming) => {
        try {
          return await replyTo(incoming, running, options);
        } catch (error) {
          if (error instanceof AwsError) return lambdaError(error);
          log.warn(`${incoming.head.method} ${incoming.head.path} failed: ${String(error)}`);
          return internalError();
        }
      }, log),
    );
    return {
      port,
      url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
      async close() {
        await Promise.all([stopListening(server), running.close()]);
      },
    };
  } catch (error) {
    await stopListening(server);
    throw error;
  }
}

async function replyTo(
  { head, readBody }: IncomingRequest,
  running: EmulatedFunction,
  { host, routes = {} }: EmulatorOptions,
): Promise<HttpReply> {
  if (!isAllowed(head, host)) return message(403, "Web pages of other sites are not allowed to call this function");
  const { method, path } = head;
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (path !== invocationsPath && !route) {
    const paths = [invocationsPath, ...Object.keys(routes)].map((known) => `POST ${known}`);
    return message(404, `Path ${path} not found. Paths: ${paths.join(", ")}`);
  }
  if (method !== "POST") return message(405, `Method ${method} is not allowed for ${path}; use POST`);
  const body = await readBody(bodyBytesMax);
  if (body === undefined) return message(413, `The body is larger than the maximum of ${bodyBytesMax} bytes`);
  const event = checkPayload(body, "RequestResponse");
  const result = await running.invoke(event, clientContextOf(head.headers["x-amz-client-context"]));
  if (route) {
    const { status, body: text } = route(result);
    return { status, headers: jsonHeaders, body: text };
  }
  return { status: 200, headers: jsonHeaders, body: emulatorPayload(result) };
}

/** A function that listens on a network has callers on other machines, whose names for this machine are not known. */
function isAllowed(head: HttpRequestHead, host: string): boolean {
  return !loopback.test(host) || (isAddressedHere(head, host) && !isFromAnotherSite(head));
}

const timedOut = /^\{"errorType":"Sandbox\.Timedout","errorMessage":"RequestId: \S+ Error: (Task timed out [^"]*)"\}$/;

/** AWS's emulator returns the message of a time-out as plain text, and all other errors as Lambda does. */
function emulatorPayload({ payload, isError }: EmulatedResult): Uint8Array | string {
  const text = isError ? timedOut.exec(Buffer.from(payload).toString("utf8"))?.[1] : undefined;
  return text ?? payload;
}

/** Lambda's own error, for an event that is not JSON or too large. */
function lambdaError({ status, code, message: text }: AwsError): HttpReply {
  const headers = { ...jsonHeaders, "x-amzn-errortype": code };
  return { status, headers, body: JSON.stringify({ Type: "User", message: text }) };
}

function message(status: number, text: string): HttpReply {
  return { status, headers: jsonHeaders, body: JSON.stringify({ message: text }) };
}
