import type { StreamedReply, StreamedRequest } from "../../http.js";
import type { Place } from "../../service-interfaces.js";
import type { RepositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";

/** One request to the registry, with its address taken apart. */
export interface Visit {
  readonly state: EcrState;
  readonly request: StreamedRequest;
  readonly query: URLSearchParams;
  /** The registry that the caller's token opens. */
  readonly registry: Place;
}

/** One request to a repository of the registry, which exists. */
export interface RepositoryVisit extends Visit {
  readonly repository: RepositoryPlace;
  /** What follows the kind of thing in the path: a digest, a tag or an upload's id. */
  readonly reference: string;
}

export const emptyReply = (status: number, headers: Readonly<Record<string, string>> = {}): StreamedReply => ({
  status,
  headers: { "content-length": "0", ...headers },
  body: "",
});

export const jsonReply = (value: unknown, headers: Readonly<Record<string, string>> = {}): StreamedReply => ({
  status: 200,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(value),
});
