import type { GatewayResponseType } from "@aws-sdk/client-api-gateway";

interface GatewayFailureOptions {
  /** Where it differs from the type's: 502 for a function that failed. */
  readonly status?: number;
  /** The line of the execution log. */
  readonly logLine?: string;
  /** `$context.error.validationErrorString`. */
  readonly validationError?: string;
}

/** A request that API Gateway responds to itself, with a gateway response. */
export class GatewayFailure extends Error {
  override readonly name = "GatewayFailure";
  readonly type: GatewayResponseType;
  readonly status: number | undefined;
  readonly logLine: string | undefined;
  readonly validationError: string | undefined;

  constructor(
    type: GatewayResponseType,
    message: string,
    { status, logLine, validationError }: GatewayFailureOptions = {},
  ) {
    super(message);
    this.type = type;
    this.status = status;
    this.logLine = logLine;
    this.validationError = validationError;
  }
}

/** The API's configuration does not allow a response. The caller gets no details; the log has them. */
export function configurationError(reason: string): GatewayFailure {
  return new GatewayFailure("API_CONFIGURATION_ERROR", "Internal server error", {
    logLine: `Execution failed due to configuration error: ${reason}`,
  });
}
