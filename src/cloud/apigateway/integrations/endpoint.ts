// The request to a backend and its response, for every kind of integration that maps them.

import type { MultiValues } from "../../lambda-events/index.js";

export interface EndpointRequest {
  readonly body: string | Uint8Array;
  /** From parameter mappings and overrides; only HTTP endpoints get them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: MultiValues;
  readonly path: Readonly<Record<string, string>>;
}

export interface EndpointResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** What selection patterns are matched against: a function's error message, an HTTP endpoint's status. */
  readonly selector: string;
}
