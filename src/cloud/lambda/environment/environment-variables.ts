// The environment variables of a function, as Lambda sets them for container images (recorded in February 2026;
// docs/differences.md lists the differences).

import type { PreparedCode } from "../code/prepared-code.js";

/** Where programs are looked up when neither the package nor the function sets PATH. */
export const defaultPath = "/usr/local/bin:/usr/bin:/bin:/opt/bin";

interface VariableFacts {
  readonly functionName: string;
  readonly version: string;
  readonly memoryMb: number;
  readonly region: string;
  readonly logGroup: string;
  readonly logStream: string;
  /** `127.0.0.1:port`. */
  readonly runtimeApi: string;
  /** undefined: the function has no role. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  /** The cloud's address, so that an AWS SDK in the function calls this cloud; undefined: no cloud is running. */
  readonly endpointUrl?: string;
  /** Its own variables override Lambda's defaults, and nothing overrides what Lambda reserves. */
  readonly code: Pick<PreparedCode, "environment" | "handler">;
}

export function environmentVariables(facts: VariableFacts): Record<string, string> {
  const { credentials, endpointUrl } = facts;
  return {
    PATH: defaultPath,
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    LAMBDA_TASK_ROOT: "/var/task",
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    ...(endpointUrl === undefined ? {} : { AWS_ENDPOINT_URL: endpointUrl }),
    ...facts.code.environment,
    _HANDLER: facts.code.handler,
    AWS_LAMBDA_FUNCTION_NAME: facts.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: facts.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(facts.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: facts.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: facts.logStream,
    AWS_LAMBDA_RUNTIME_API: facts.runtimeApi,
    AWS_REGION: facts.region,
    AWS_DEFAULT_REGION: facts.region,
    ...(credentials && {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    }),
  };
}

/**
 * Variables that a function's configuration must not set (Lambda's documentation, "Reserved environment variables").
 */
export const reservedVariables: ReadonlySet<string> = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
]);
