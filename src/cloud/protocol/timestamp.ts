/** Seconds since 1970, with milliseconds as a fraction: the format of JSON bodies. */
export function toEpochSeconds(time: Date): number {
  return time.getTime() / 1000;
}

/** `2026-11-22T13:00:00Z`: the format of XML and of query strings. AWS omits zero milliseconds. */
export function toIsoTime(time: Date): string {
  return time.toISOString().replace(".000Z", "Z");
}

/** A timestamp in any of the formats of AWS's protocols; undefined for any other value. */
export function parseTimestamp(value: unknown): Date | undefined {
  const time =
    typeof value === "number"
      ? new Date(value * 1000)
      : typeof value === "string" && value !== ""
        ? new Date(/^-?\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : value)
        : undefined;
  return time && !Number.isNaN(time.getTime()) ? time : undefined;
}
