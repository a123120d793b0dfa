import { uuid } from "../../ids.js";
import type { RequestIds } from "./invocation.js";

const uuidBytes = 16;
/** 11 bytes are 16 characters of base64, one of them "=": as AWS's x-amz-apigw-id is. */
const extendedBytes = 11;
const traceBytes = 12;

/** @param sent the caller's own trace header, whose root goes on */
export function makeIds(random: (bytes: number) => Uint8Array, timeMs: number, sent: string | undefined): RequestIds {
  const bytes = random(uuidBytes + extendedBytes + traceBytes);
  return {
    requestId: uuid(() => bytes.subarray(0, uuidBytes)),
    extendedRequestId: Buffer.from(bytes.subarray(uuidBytes, uuidBytes + extendedBytes)).toString("base64"),
    traceId: /\bRoot=1-[0-9a-f]{8}-[0-9a-f]{24}/.exec(sent ?? "")?.[0] ?? newTrace(bytes, timeMs),
  };
}

function newTrace(bytes: Uint8Array, timeMs: number): string {
  const seconds = Math.floor(timeMs / 1000)
    .toString(16)
    .padStart(8, "0");
  return `Root=1-${seconds}-${Buffer.from(bytes.subarray(uuidBytes + extendedBytes)).toString("hex")}`;
}
