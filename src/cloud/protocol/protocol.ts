import type { HttpReply, HttpRequest } from "../http.js";
import type { AwsError } from "./aws-error.js";
import type { CatalogEntry } from "./catalog.js";
import type { OperationModel, ServiceModel } from "./service-model.js";

/** What a protocol needs to know of the API whose requests it reads. */
export interface Api {
  readonly model: ServiceModel;
  readonly entry: CatalogEntry;
}

/** How one of AWS's wire protocols carries operations over HTTP. */
export interface Protocol {
  /** The operation that a request calls, and its input. @throws AwsError for an unknown operation. */
  route(request: HttpRequest, api: Api): RoutedRequest;
  encode(operation: OperationModel, output: unknown, api: Api, requestId: string): HttpReply;
  encodeError(error: AwsError, api: Api, requestId: string): HttpReply;
}

interface RoutedRequest {
  readonly operation: OperationModel;
  /**
   * Reads the input. Separate from routing, so that an operation that is not implemented is reported before its input.
   */
  readonly decode: () => unknown;
}
