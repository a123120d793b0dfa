// The ids of a request: its request id, its extended request id, and its trace id.

import { uuid } from "../../random.js";
import type { RequestIds } from "./exchange.js";

/** 11 bytes are 16 characters of base64, the last of them "=": the form of AWS's x-amz-apigw-id. */
const extendedBytes = 11;
const traceBytes = 12;

/** @param sent the caller's trace header, whose root is kept */
export type IdGenerator = (timeMs: number, sent: string | undefined) => RequestIds;

export function idGenerator(random: (bytes: number) => Uint8Array): IdGenerator {
  return (timeMs, sent) => ({
    requestId: uuid(random),
    extendedRequestId: Buffer.from(random(extendedBytes)).toString("base64"),
    traceId: /\bRoot=1-[0-9a-f]{8}-[0-9a-f]{24}/.exec(sent ?? "")?.[0] ?? newTrace(random, timeMs),
  });
}

function newTrace(random: (bytes: number) => Uint8Array, timeMs: number): string {
  const seconds = Math.floor(timeMs / 1000)
    .toString(16)
    .padStart(8, "0");
  return `Root=1-${seconds}-${Buffer.from(random(traceBytes)).toString("hex")}`;
}
