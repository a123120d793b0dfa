import type { GatewayResponseType } from "@aws-sdk/client-api-gateway";

export interface GatewayFailureOptions {
  /** When it is not the type's own: 502 for a function that failed. */
  readonly status?: number;
  /** What the execution log says of it. */
  readonly logLine?: string;
  /** `$context.error.validationErrorString`. */
  readonly validationError?: string;
}

/** A request that API Gateway answers by itself, with a gateway response. */
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

/** The API is set up in a way that cannot answer. Callers learn nothing; the log says what is wrong. */
export function configurationError(reason: string): GatewayFailure {
  return new GatewayFailure("API_CONFIGURATION_ERROR", "Internal server error", {
    logLine: `Execution failed due to configuration error: ${reason}`,
  });
}
