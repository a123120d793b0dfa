// The ids of a request: its own, the gateway's, and its trace.

import { uuid } from "../../ids.js";
import type { RequestIds } from "./invocation.js";

const uuidBytes = 16;
/** 11 bytes are 16 characters of base64, one of them "=": as AWS's x-amz-apigw-id is. */
const extendedBytes = 11;
const traceBytes = 12;
const idsBytes = uuidBytes + extendedBytes + traceBytes;

/** Asking the system for random bytes costs more than the rest of a request's ids: one question is for as many requests as this. */
const requestsPerDraw = 128;

/** @param sent the caller's own trace header, whose root goes on */
export type IdMaker = (timeMs: number, sent: string | undefined) => RequestIds;

export function idMaker(random: (bytes: number) => Uint8Array): IdMaker {
  let drawn: Uint8Array = new Uint8Array(0);
  let used = 0;
  const draw = () => {
    if (used + idsBytes > drawn.length) {
      drawn = random(idsBytes * requestsPerDraw);
      used = 0;
    }
    used += idsBytes;
    return drawn.subarray(used - idsBytes, used);
  };
  return (timeMs, sent) => {
    const bytes = draw();
    return {
      requestId: uuid(() => bytes.subarray(0, uuidBytes)),
      extendedRequestId: Buffer.from(bytes.subarray(uuidBytes, uuidBytes + extendedBytes)).toString("base64"),
      traceId: /\bRoot=1-[0-9a-f]{8}-[0-9a-f]{24}/.exec(sent ?? "")?.[0] ?? newTrace(bytes, timeMs),
    };
  };
}

function newTrace(bytes: Uint8Array, timeMs: number): string {
  const seconds = Math.floor(timeMs / 1000)
    .toString(16)
    .padStart(8, "0");
  return `Root=1-${seconds}-${Buffer.from(bytes.subarray(uuidBytes + extendedBytes)).toString("hex")}`;
}
