import { randomText } from "../ids.js";

/** Base-32 digits, as in AWS's own ids. */
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const characters = 17;

/** An id that no other entity has or had: `AROA` for roles, `ANPA` for policies. */
export function uniqueId(prefix: "AROA" | "ANPA", random: (bytes: number) => Uint8Array): string {
  return prefix + randomText(random, alphabet, characters);
}

/** IAM tells times to the second. */
export function toSecond(nowMs: number): Date {
  return new Date(Math.floor(nowMs / 1000) * 1000);
}
