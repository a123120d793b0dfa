import type { ParquetReadOptions } from "hyparquet";

type Parsers = NonNullable<ParquetReadOptions["parsers"]>;

/**
 * How times are read: as the file's own numbers, to write them to another Parquet file without loss, or as ISO 8601,
 * for text. A JavaScript Date has only milliseconds.
 */
export function parquetParsers(asText: boolean): Partial<Parsers> {
  if (!asText) {
    const unchanged = <T>(value: T) => value;
    return {
      timestampFromMilliseconds: unchanged,
      timestampFromMicroseconds: unchanged,
      timestampFromNanoseconds: unchanged,
      dateFromDays: unchanged,
    };
  }
  return {
    timestampFromMilliseconds: (millis) => isoTime(BigInt(millis) * 1_000_000n),
    timestampFromMicroseconds: (micros) => isoTime(BigInt(micros) * 1_000n),
    timestampFromNanoseconds: (nanos) => isoTime(BigInt(nanos)),
    dateFromDays: (days) => isoTime(BigInt(days) * 86_400n * 1_000_000_000n).slice(0, "2026-11-28".length),
  };
}

const nanosPerSecond = 1_000_000_000n;

/** "2026-11-28 09:30:00.000000001", as pandas.to_csv writes it; without a fraction of zeros. */
function isoTime(nanos: bigint): string {
  const fraction = ((nanos % nanosPerSecond) + nanosPerSecond) % nanosPerSecond;
  const seconds = new Date(Number((nanos - fraction) / 1_000_000n))
    .toISOString()
    .slice(0, "2026-11-28T09:30:00".length);
  const digits =
    fraction === 0n
      ? ""
      : `.${String(fraction)
          .padStart(9, "0")
          .replace(/(?:000){1,2}$/, "")}`;
  return seconds.replace("T", " ") + digits;
}
