import { InvokeCommand } from "@aws-sdk/client-lambda";
import { absentAs, explaining } from "./aws-errors.js";
import { unknownDeployment } from "./destroy.js";
import { DeployError } from "./errors.js";
import type { Context } from "./resources/resource.js";

/** An answer of a deployed model. */
export interface Invoked {
  /** HTTP's status through the API; of a direct invocation 200, or 500 when the function failed. */
  readonly status: number;
  readonly body: string;
  readonly elapsedMs: number;
  /** The last lines that a direct invocation logged. */
  readonly log?: string;
}

/** Sends one request through the API, as any client does. `fetch` is handed in. @throws DeployError "aws-unreachable" */
export async function invokeThroughApi(
  url: string,
  body: string,
  { fetch, elapsedMs }: { readonly fetch: typeof globalThis.fetch; readonly elapsedMs: () => number },
): Promise<Invoked> {
  const startedMs = elapsedMs();
  try {
    const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
    return { status: answer.status, body: await answer.text(), elapsedMs: elapsedMs() - startedMs };
  } catch (cause) {
    throw new DeployError("aws-unreachable", `POST ${url} got no answer: ${reasonOf(cause)}`, { cause });
  }
}

/** Invokes the function's alias through Lambda's own API. @throws DeployError "deployment-unknown" */
export async function invokeFunction(context: Context, alias: string, body: string): Promise<Invoked> {
  const { aws, names } = context;
  const startedMs = aws.clock.elapsedMs();
  const answer = await explaining(`Invoking ${names.function}`, () =>
    absentAs(
      ["ResourceNotFoundException"],
      aws.lambda.send(
        new InvokeCommand({
          FunctionName: names.function,
          Qualifier: alias,
          Payload: Buffer.from(body),
          LogType: "Tail",
        }),
      ),
    ),
  );
  if (!answer) throw unknownDeployment(context);
  return {
    status: answer.FunctionError ? 500 : 200,
    body: Buffer.from(answer.Payload ?? []).toString(),
    log: Buffer.from(answer.LogResult ?? "", "base64").toString(),
    elapsedMs: aws.clock.elapsedMs() - startedMs,
  };
}

/** fetch says only "fetch failed"; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
