import type { ArgDef } from "./command.js";
import { commandLineError } from "./parse.js";

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** How far back a command looks, in ms. */
export const sinceArg = {
  help: "how far back: 30s, 10m, 2h, 7d",
  parse: duration,
  default: 3_600_000,
  defaultText: "1h",
  value: "TIME",
} as const satisfies ArgDef;

/** "10m" in milliseconds. */
function duration(text: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (!count || !unit) throw commandLineError(`${text} is not a duration such as 30s, 10m, 2h or 7d`);
  return Number(count) * (units[unit] ?? 0);
}
