// Execution and access logs of a stage, into CloudWatch Logs.

import type { LogSink } from "../../service-interfaces.js";
import type { StageDocument } from "../documents.js";
import { isMappingError } from "../integrations/map.js";
import { Template } from "../integrations/template.js";
import { type JavaMap, javaValue, type Value } from "../vtl/values.js";
import { mainThreadBudget, withinBudget } from "../worker/budget.js";
import type { CompiledStage, Exchange } from "./exchange.js";
import type { ExecutionLog } from "./execution-log.js";
import type { GatewayReply } from "./reply.js";

const groupArn = /^arn:aws[a-z-]*:logs:[^:]*:[^:]*:log-group:([^:]+)/;
/** API Gateway distributes its events over many streams; on one machine, one is enough. */
const stream = "0".repeat(32);

export function accessLogOf({ accessLogSettings }: StageDocument): CompiledStage["accessLog"] {
  const group = groupArn.exec(accessLogSettings?.destinationArn ?? "")?.[1];
  const format = accessLogSettings?.format;
  return group === undefined || format === undefined ? undefined : { group, format: new Template(format) };
}

/** Writes the collected lines at the method's log level: all at INFO, those of failed requests at ERROR. */
export function writeExecutionLog(exchange: Exchange, log: ExecutionLog, logs: LogSink): void {
  const { stage, ids, failure } = exchange;
  const level = levelOf(exchange);
  if (level === "OFF" || (level === "ERROR" && !failure)) return;
  logs.append(
    { ...accountRegionOf(stage), group: `API-Gateway-Execution-Logs_${stage.apiId}/${stage.stageName}`, stream },
    log.lines.map(({ timestampMs, text }) => ({ timestampMs, message: `(${ids.requestId}) ${text}` })),
  );
}

function levelOf({ stage, target }: Exchange): string {
  const { settings } = stage;
  const { resource, document } = target?.method ?? {};
  const path = resource?.path.replace(/^\/(?=.)/, "");
  const found = settings[`${path}/${document?.httpMethod}`] ?? settings["*/*"];
  return found?.loggingLevel ?? "OFF";
}

/** Writes one line in the stage's format, which reads `$context`. */
export function writeAccessLog(
  exchange: Exchange,
  reply: GatewayReply,
  { group, format }: NonNullable<CompiledStage["accessLog"]>,
  latencyMs: number,
  logs: LogSink,
): void {
  const context: JavaMap = new Map(exchange.context);
  context.set("status", reply.status);
  context.set("responseLength", Buffer.byteLength(reply.body));
  context.set("responseLatency", Math.round(latencyMs));
  context.set("integrationLatency", Math.round(exchange.integrationLatencyMs));
  context.set("integrationStatus", exchange.integrationStatus ?? "-");
  context.set("integration", integrationContext(exchange));
  const variables: JavaMap = new Map([
    ["context", context],
    ["stageVariables", javaValue(exchange.stage.variables)],
  ]);
  try {
    const message = withinBudget(mainThreadBudget(), () => format.render(variables));
    logs.append({ ...accountRegionOf(exchange.stage), group, stream }, [{ timestampMs: exchange.timeMs, message }]);
  } catch (error) {
    // An invalid format loses the line, not the response.
    if (!isMappingError(error)) throw error;
  }
}

/** `$context.integration`. */
function integrationContext({ integrationLatencyMs, integrationStatus }: Exchange): JavaMap {
  const status = integrationStatus ?? null;
  return new Map<string, Value>([
    ["latency", Math.round(integrationLatencyMs)],
    ["status", status],
    ["integrationStatus", status],
  ]);
}

function accountRegionOf({ account, region }: CompiledStage) {
  return { account, region };
}
