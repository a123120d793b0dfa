// What goes to a backend and what comes back, whatever the backend is.

import type { MultiValues } from "../rest/request.js";

export interface EndpointRequest {
  readonly body: string | Uint8Array;
  /** Set by parameter mappings and overrides; only HTTP endpoints see them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: MultiValues;
  readonly path: Readonly<Record<string, string>>;
}

export interface EndpointResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** What selection patterns are tried on: a function's error message, an HTTP endpoint's status. */
  readonly selector: string;
}
