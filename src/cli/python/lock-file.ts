// requirements.lock: the exact packages, written by --lock and used as long as the requirements stay the same.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { formatPins, type Pin, parsePins } from "./pins.js";

export const lockFileName = "requirements.lock";
const headerPattern = /^# requirements: ([0-9a-f]{64})$/m;

export function formatLock(pins: readonly Pin[], digest: string, what: string): string {
  return [
    `# The packages of an image for ${what}, written by tepal build --lock.`,
    `# requirements: ${digest}`,
    formatPins(pins),
  ].join("\n");
}

/**
 * The packages of a directory's lock file.
 * @returns "other" if it was written for other requirements, another Python or another platform
 */
export function readLock(directory: string, digest: string): readonly Pin[] | "other" | undefined {
  const path = join(directory, lockFileName);
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, "utf8");
  return headerPattern.exec(text)?.[1] === digest ? parsePins(text) : "other";
}
