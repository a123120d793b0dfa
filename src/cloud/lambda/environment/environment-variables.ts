// The environment variables of a function, as Lambda gives them to container images (recorded in February 2026; see docs/differences.md for
// what is different here).

export interface VariableFacts {
  readonly functionName: string;
  readonly version: string;
  readonly memoryMb: number;
  readonly region: string;
  readonly logGroup: string;
  readonly logStream: string;
  /** `127.0.0.1:port`. */
  readonly runtimeApi: string;
  /** The first word of the image's CMD, which Lambda takes for the handler. */
  readonly handler: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  /** The cloud's own address, so that an AWS SDK inside the function calls this cloud. */
  readonly endpointUrl: string;
  /** The image's own, `NAME=value`. */
  readonly imageEnv: readonly string[];
  /** The function's own. */
  readonly functionEnv: Readonly<Record<string, string>>;
}

/** The image's variables go over the defaults, the function's over the image's, and nothing over what Lambda reserves. */
export function variablesOf(facts: VariableFacts): Record<string, string> {
  const { credentials } = facts;
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin:/opt/bin",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    LAMBDA_TASK_ROOT: "/var/task",
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    AWS_ENDPOINT_URL: facts.endpointUrl,
    ...Object.fromEntries(facts.imageEnv.map(splitAssignment)),
    ...facts.functionEnv,
    _HANDLER: facts.handler,
    AWS_LAMBDA_FUNCTION_NAME: facts.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: facts.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(facts.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: facts.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: facts.logStream,
    AWS_LAMBDA_RUNTIME_API: facts.runtimeApi,
    AWS_REGION: facts.region,
    AWS_DEFAULT_REGION: facts.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
}

/** Names that a function may not set itself (Lambda's documentation, "Reserved environment variables"). */
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

function splitAssignment(assignment: string): [string, string] {
  const equals = assignment.indexOf("=");
  return equals < 0 ? [assignment, ""] : [assignment.slice(0, equals), assignment.slice(equals + 1)];
}
