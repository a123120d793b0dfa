// How a service is put together: the process-wide facts it is given, and what it gives back to the front door.

import type { Clock, Log } from "../base/index.js";
import type { HttpReply, HttpRequest, StreamedReply, StreamedRequest } from "./http.js";
import type { Service, ServiceName } from "./protocol/operation.js";
import type { Store } from "./store/store.js";

/** What every service is built from. */
export interface ServiceContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Random bytes, for ids and secrets. */
  readonly random: (bytes: number) => Uint8Array;
  /** Folder for files that are not documents: unpacked images, sockets. */
  readonly dataDir: string;
  /** `localhost:4566`: what repository URIs and invoke URLs are made from. */
  readonly publicHost: () => string;
  /** The runtime that this Tepal puts into function images (`function.cjs`), when the cloud was started with one. */
  readonly runtimePath?: string | undefined;
}

/** Requests that are not AWS API calls but belong to a service: `/v2/...`, invoke URLs. undefined: not mine. */
export type Route = (request: HttpRequest) => Promise<HttpReply> | undefined;

/**
 * The same for bodies that are too large to hold in memory: layers of images. Asked before any byte of the body is read,
 * so whether a request is its own must follow from the head. A body that it leaves unread is discarded after the reply.
 */
export type StreamRoute = (request: StreamedRequest) => Promise<StreamedReply> | undefined;

/** A running service. */
export interface RunningService<S extends ServiceName, State> {
  readonly service: Service<S, State>;
  /** Its own addresses on the cloud's listener, if it has any. */
  readonly route?: Route;
  /** Its addresses whose bodies are streamed. */
  readonly streamRoute?: StreamRoute;
  /** Forgets what it holds in memory and stops what it runs, because every document is about to be removed. */
  reset?(): Promise<void>;
  /** Stops what it runs (environments, timers). Documents are safe without it. */
  close?(): Promise<void>;
}
