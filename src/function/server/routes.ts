// What the server answers at which path.

import type { Signature } from "../../model/index.js";
import type { Handler } from "../answer.js";
import { type HttpResult, httpResultOf } from "../events/http.js";

export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  answer(body: string, served: Served): HttpResult | Promise<HttpResult>;
}

/** What a server is started for. */
export interface Served {
  readonly handler: Handler;
  readonly signature: Signature;
}

export const routes: readonly Route[] = [
  {
    // As AWS's Runtime Interface Emulator: a failed invocation is a success of HTTP, with the error as its payload.
    // It differs in taking several requests at once, where the emulator answers 400 to the second.
    method: "POST",
    path: "/2015-03-31/functions/function/invocations",
    async answer(body, { handler }) {
      const answer = await handler(body);
      return { status: 200, body: answer.ok ? answer.body : JSON.stringify(answer.error) };
    },
  },
  {
    method: "POST",
    path: "/predict",
    answer: async (body, { handler }) => httpResultOf(await handler(body)),
  },
  {
    method: "GET",
    path: "/health",
    answer: (_body, { signature }) => ({ status: 200, body: JSON.stringify({ status: "ok", model: signature.type }) }),
  },
];
