import type { StreamedReply, StreamedRequest } from "../../http.js";
import type { AccountRegion } from "../../service-interfaces.js";
import type { RepositoryId } from "../names.js";
import type { EcrState } from "../state.js";

/** A request to the registry. */
export interface RegistryRequest {
  readonly state: EcrState;
  readonly http: StreamedRequest;
  readonly query: URLSearchParams;
  /** The registry that the caller's token gives access to. */
  readonly registry: AccountRegion;
}

/** A request to an existing repository of the registry. */
export interface RepositoryRequest extends RegistryRequest {
  readonly repository: RepositoryId;
  /** The last part of the path: a digest, a tag or an upload's id. */
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
