// What a service is created with, and what it provides to the request router.

import type { Clock, Log } from "../base/index.js";
import type { HttpReply, HttpRequest, StreamedReply, StreamedRequest } from "./http.js";
import type { ApiName, Service } from "./protocol/operation.js";
import type { Store } from "./store/store.js";

/** What every service is created with. */
export interface ServiceContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Random bytes, for ids and secrets. */
  readonly random: (bytes: number) => Uint8Array;
  /** Directory for files that are not documents: unpacked images, sockets. */
  readonly dataDir: string;
  /** `localhost:4566`: the host in repository URIs and invoke URLs. */
  readonly publicHost: () => string;
  /** The runtime that this Tepal puts into function images (`function.cjs`), when the cloud was started with one. */
  readonly runtimePath?: string | undefined;
}

/**
 * Handles requests that are not AWS API calls but belong to a service, such as invoke URLs; undefined for any other
 * request.
 */
export type Route = (request: HttpRequest) => Promise<HttpReply> | undefined;

/**
 * The same for bodies that are too large for memory: layers of images. Called before any byte of the body is read, so
 * the head decides whether the request belongs to the service. An unread body is discarded after the reply.
 */
export type StreamRoute = (request: StreamedRequest) => Promise<StreamedReply> | undefined;

/** A running service. */
export interface RunningService<S extends ApiName, State> {
  readonly service: Service<S, State>;
  /** Addresses of the service beside its API. */
  readonly route?: Route;
  /** Addresses whose bodies are streamed. */
  readonly streamRoute?: StreamRoute;
  /** Stops what the service runs and clears its memory, because every document is about to be deleted. */
  reset?(): Promise<void>;
  /** Stops what the service runs (environments, timers). Stored documents do not depend on it. */
  close?(): Promise<void>;
}
