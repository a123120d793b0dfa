// The routes of the stand-alone server.

import type { Signature } from "../../model/index.js";
import { type HttpResponse, httpResponseOf } from "../events/http.js";
import type { Handler } from "../result.js";

export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  handle(body: string, served: Served): HttpResponse | Promise<HttpResponse>;
}

/** The model that a server serves. */
export interface Served {
  readonly handler: Handler;
  readonly signature: Signature;
}

export const routes: readonly Route[] = [
  {
    // Like AWS's Lambda Runtime Interface Emulator: a failed invocation has HTTP status 200 and the error as its
    // payload. Unlike the emulator, which rejects a concurrent request with 400, it serves several requests at once.
    method: "POST",
    path: "/2015-03-31/functions/function/invocations",
    async handle(body, { handler }) {
      const result = await handler(body);
      return { status: 200, body: result.ok ? result.body : JSON.stringify(result.error) };
    },
  },
  {
    method: "POST",
    path: "/predict",
    handle: async (body, { handler }) => httpResponseOf(await handler(body)),
  },
  {
    method: "GET",
    path: "/health",
    handle: (_body, { signature }) => ({ status: 200, body: JSON.stringify({ status: "ok", model: signature.type }) }),
  },
];
