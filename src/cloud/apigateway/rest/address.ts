// Which API and stage a request is for.

import type { HttpRequest } from "../../http.js";

interface InvokeAddress {
  readonly apiId: string;
  readonly stageName: string;
  /** Without the stage, still percent-encoded: `/pets/1`. */
  readonly path: string;
  /** The host that the caller used. */
  readonly host: string;
}

const pathForm = /^\/restapis\/([A-Za-z0-9]+)\/([A-Za-z0-9_-]+)\/_user_request_(\/.*)?$/;
const hostForm = /^([a-z0-9]+)\.execute-api\./;
const stageForm = /^\/([^/]*)(\/.*)?$/;

/** Reads an invoke URL, by its path or by its host. undefined: the request is not for an API. */
export function invokeAddress({ path, headers }: Pick<HttpRequest, "path" | "headers">): InvokeAddress | undefined {
  const host = headers.host ?? "";
  const byPath = pathForm.exec(path);
  if (byPath) return { apiId: byPath[1] ?? "", stageName: byPath[2] ?? "", path: byPath[3] ?? "/", host };
  const byHost = hostForm.exec(host);
  const inPath = byHost && stageForm.exec(path);
  if (!inPath) return undefined;
  return { apiId: byHost[1] ?? "", stageName: inPath[1] ?? "", path: inPath[2] ?? "/", host };
}

/** Whether this host belongs to one API, whose stages are its paths. */
export function isInvokeHost(host = ""): boolean {
  return hostForm.test(host);
}
