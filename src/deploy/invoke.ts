import { InvokeCommand } from "@aws-sdk/client-lambda";
import { undefinedOn, withAwsErrors } from "./aws-errors.js";
import { unknownDeployment } from "./destroy.js";
import { DeployError } from "./errors.js";
import type { Context } from "./resources/resource.js";

/** A response of a deployed model or of the user's code. */
export interface Invoked {
  /** The HTTP status of the API; of a direct invocation 200, or 500 when the function failed. */
  readonly status: number;
  readonly body: string;
  readonly elapsedMs: number;
  /** The last lines that a direct invocation logged; undefined for a response of the API. */
  readonly log?: string;
  /** The type of an error of API Gateway itself. */
  readonly errorType?: string;
}

/** Sends one request through the API, as any client does. @throws DeployError "aws-unreachable" */
export async function invokeThroughApi(
  url: string,
  body: string,
  { fetch, elapsedMs }: { readonly fetch: typeof globalThis.fetch; readonly elapsedMs: () => number },
): Promise<Invoked> {
  const startedMs = elapsedMs();
  try {
    const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
    const errorType = response.headers.get("x-amzn-errortype");
    return {
      status: response.status,
      body: await response.text(),
      elapsedMs: elapsedMs() - startedMs,
      ...(errorType === null ? {} : { errorType }),
    };
  } catch (cause) {
    throw new DeployError("aws-unreachable", `POST ${url} failed: ${reasonOf(cause)}`, { cause });
  }
}

/**
 * Invokes a version or alias of the function through Lambda's API.
 * @throws DeployError "deployment-unknown", "aws-error"
 */
export async function invokeFunction(context: Context, qualifier: string, body: string): Promise<Invoked> {
  const { aws, names } = context;
  const startedMs = aws.clock.elapsedMs();
  const response = await withAwsErrors(`Invoking ${names.function}`, () =>
    undefinedOn(
      ["ResourceNotFoundException"],
      aws.lambda.send(
        new InvokeCommand({
          FunctionName: names.function,
          Qualifier: qualifier,
          Payload: Buffer.from(body),
          LogType: "Tail",
        }),
      ),
    ),
  );
  if (!response) throw unknownDeployment(context);
  return {
    status: response.FunctionError ? 500 : 200,
    body: Buffer.from(response.Payload ?? []).toString(),
    log: Buffer.from(response.LogResult ?? "", "base64").toString(),
    elapsedMs: aws.clock.elapsedMs() - startedMs,
  };
}

/** The message of fetch's error is only "fetch failed"; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
