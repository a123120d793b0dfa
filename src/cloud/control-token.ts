// Requests that control the cloud itself need a token from a file that only the user can read. The sender of a request
// cannot be determined in another way: functions and web pages can reach the cloud's port too. Neither can read the
// data directory.

import { timingSafeEqual } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Route } from "./service.js";

/** The header that carries the token. */
export const controlTokenHeader = "x-tepal-control-token";
const tokenBytes = 32;

interface ControlToken {
  readonly path: string;
  readonly value: string;
}

/** The file of a cloud's token. */
export function controlTokenPath(dataDir: string): string {
  return join(dataDir, "control-token");
}

/** Creates a token in a file that only the user can read. It is valid until the cloud ends. */
export function createControlToken(dataDir: string, random: (bytes: number) => Uint8Array): ControlToken {
  const path = controlTokenPath(dataDir);
  const value = Buffer.from(random(tokenBytes)).toString("hex");
  // Written beside and renamed: the file is never readable by others, and never empty.
  rmSync(`${path}.new`, { force: true });
  writeFileSync(`${path}.new`, value, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return { path, value };
}

/**
 * Lets only requests with the token change the cloud. The rejection names the token's file, for those who can read it.
 */
export function requireControlToken(control: Route, { path, value }: ControlToken): Route {
  return (request) => {
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!request.path.startsWith("/_tepal/") || isRead || isEqual(request.headers[controlTokenHeader], value)) {
      return control(request);
    }
    const message = `${request.method} ${request.path} needs the header ${controlTokenHeader} with the content of ${path}`;
    return Promise.resolve({
      status: 403,
      headers: { "content-type": "application/json" },
      body: `${JSON.stringify({ message, tokenPath: path })}\n`,
    });
  };
}

function isEqual(found: string | undefined, expected: string): boolean {
  if (found?.length !== expected.length) return false;
  return timingSafeEqual(Buffer.from(found, "latin1"), Buffer.from(expected, "latin1"));
}
