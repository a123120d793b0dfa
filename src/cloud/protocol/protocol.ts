import type { HttpReply, HttpRequest } from "../http.js";
import type { AwsError } from "./aws-error.js";
import type { CatalogEntry } from "./catalog.js";
import type { OperationModel, ServiceModel } from "./service-model.js";

/** A service and its words: what a protocol needs to know of whom it speaks for. */
export interface Speaker {
  readonly model: ServiceModel;
  readonly entry: CatalogEntry;
}

/** How one of AWS's wire protocols carries operations over HTTP. */
export interface Protocol {
  /** Which operation a request is for, and its input. @throws AwsError when there is no such operation or its input cannot be read. */
  route(request: HttpRequest, speaker: Speaker): RoutedRequest;
  encode(operation: OperationModel, output: unknown, speaker: Speaker, requestId: string): HttpReply;
  encodeError(error: AwsError, speaker: Speaker, requestId: string): HttpReply;
}

export interface RoutedRequest {
  readonly operation: OperationModel;
  /** Reads the input; apart from routing, so that an operation that is not built says so before anything else. */
  readonly decode: () => unknown;
}
