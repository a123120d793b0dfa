// The cloud's own addresses: its health, and its reset.

import type { HttpReply } from "./http.js";
import type { Route } from "./service.js";

interface Health {
  readonly name: "tepal";
  readonly version: string;
  readonly pid: number;
  /** The account and region of callers that name none. */
  readonly account: string;
  readonly region: string;
  readonly dataDir: string;
  readonly services: readonly string[];
}

export const healthPath = "/_tepal/health";
const resetPath = "/_tepal/reset";

/** `GET /_tepal/health` and `POST /_tepal/reset`; every other path below `/_tepal/` is not found. */
export function createControl(health: Health, reset: () => Promise<void>): Route {
  return ({ method, path }) => {
    if (path === healthPath && (method === "GET" || method === "HEAD")) return Promise.resolve(json(200, health));
    if (path === resetPath && method === "POST") return reset().then(() => json(200, { reset: true }));
    if (path === healthPath || path === resetPath)
      return Promise.resolve(json(405, { message: `${method} is not supported at ${path}` }));
    return path.startsWith("/_tepal/") ? Promise.resolve(json(404, { message: `${path} not found` })) : undefined;
  };
}

function json(status: number, body: object): HttpReply {
  return { status, headers: { "content-type": "application/json" }, body: `${JSON.stringify(body)}\n` };
}
