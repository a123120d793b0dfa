// Execution and access logs of a stage, into CloudWatch Logs.

import type { LogSink } from "../../service-interfaces.js";
import type { StageDocument } from "../documents.js";
import { Template } from "../integrations/template.js";
import { type JavaMap, javaValue } from "../vtl/values.js";
import type { ExecutionLog } from "./execution-log.js";
import { GatewayFailure } from "./failure.js";
import type { CompiledStage, Invocation } from "./invocation.js";
import type { GatewayReply } from "./reply.js";

const groupArn = /^arn:aws[a-z-]*:logs:[^:]*:[^:]*:log-group:([^:]+)/;
/** API Gateway spreads its events over many streams; one is enough for one machine. */
const stream = "0".repeat(32);

export function accessLogOf({ accessLogSettings }: StageDocument): CompiledStage["accessLog"] {
  const group = groupArn.exec(accessLogSettings?.destinationArn ?? "")?.[1];
  const format = accessLogSettings?.format;
  return group === undefined || format === undefined ? undefined : { group, format: new Template(format) };
}

/** Writes what was collected, if the method's settings ask for it: all of it at INFO, failures only at ERROR. */
export function writeExecutionLog(invocation: Invocation, log: ExecutionLog, logs: LogSink): void {
  const { stage, ids, failure } = invocation;
  const level = levelOf(invocation);
  if (level === "OFF" || (level === "ERROR" && !failure)) return;
  logs.append(
    { ...placeOf(stage), group: `API-Gateway-Execution-Logs_${stage.apiId}/${stage.stageName}`, stream },
    log.lines.map(({ timestampMs, text }) => ({ timestampMs, message: `(${ids.requestId}) ${text}` })),
  );
}

function levelOf({ stage, target }: Invocation): string {
  const { settings } = stage;
  const { resource, document } = target?.method ?? {};
  const path = resource?.path.replace(/^\/(?=.)/, "");
  const found = settings[`${path}/${document?.httpMethod}`] ?? settings["*/*"];
  return found?.loggingLevel ?? "OFF";
}

/** One line in the stage's own format, which reads `$context`. */
export function writeAccessLog(
  invocation: Invocation,
  reply: GatewayReply,
  { group, format }: NonNullable<CompiledStage["accessLog"]>,
  latencyMs: number,
  logs: LogSink,
): void {
  const context: JavaMap = new Map(invocation.context);
  context.set("status", reply.status);
  context.set("responseLength", Buffer.byteLength(reply.body));
  context.set("responseLatency", Math.round(latencyMs));
  context.set("integrationLatency", Math.round(invocation.integrationLatencyMs));
  context.set("integrationStatus", invocation.integrationStatus ?? "-");
  const variables: JavaMap = new Map([
    ["context", context],
    ["stageVariables", javaValue(invocation.stage.variables)],
  ]);
  try {
    const message = format.render(variables);
    logs.append({ ...placeOf(invocation.stage), group, stream }, [{ timestampMs: invocation.timeMs, message }]);
  } catch (error) {
    // A format that cannot be read costs its line, not the answer.
    if (!(error instanceof GatewayFailure)) throw error;
  }
}

function placeOf({ account, region }: CompiledStage) {
  return { account, region };
}
