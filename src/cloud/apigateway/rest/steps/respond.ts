// The outermost step: every failure inside becomes a gateway response, and the execution log tells the outcome.

import { payloadBytesMax } from "../../limits.js";
import type { Exchange } from "../exchange.js";
import { javaMapText } from "../execution-log.js";
import { configurationError, GatewayFailure } from "../failure.js";
import { gatewayResponse } from "../gateway-response.js";
import { bodyText, checkSendable, type GatewayReply } from "../reply.js";
import type { Step } from "../steps.js";

/** Never throws what a caller, a template or a backend caused. */
export const respond: Step = async (exchange, next) => {
  const { log } = exchange;
  try {
    const reply = traced(exchange, await next(exchange));
    if (Buffer.byteLength(reply.body) > payloadBytesMax) {
      throw configurationError(`Response larger than ${payloadBytesMax} bytes`);
    }
    checkSendable(reply);
    if (log) {
      log.data(`Method response body after transformations: ${bodyText(reply.body)}`);
      log.data(`Method response headers: ${javaMapText(reply.headers)}`);
      log.line("Successfully completed execution");
      log.line(`Method completed with status: ${reply.status}`);
    }
    return reply;
  } catch (error) {
    if (!(error instanceof GatewayFailure)) throw error;
    if (error.logLine !== undefined) log?.line(error.logLine);
    const reply = await gatewayResponse(exchange, error);
    log?.line(`Method completed with status: ${reply.status}`);
    return reply;
  }
};

/** Backends are called with a trace, and their responses carry it; a MOCK has no backend. */
function traced({ ids, target }: Exchange, reply: GatewayReply): GatewayReply {
  if (target?.method.integration?.document.type === "MOCK") return reply;
  return { ...reply, headers: new Map([["X-Amzn-Trace-Id", [ids.traceId]], ...reply.headers]) };
}
