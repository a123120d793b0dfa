// Packages with exact versions and hashes: what a resolver returns, what a lock file contains, what is installed.

import { logicalLines } from "./requirements-file.js";
import { withoutCredentials } from "./run-program.js";

/** One package with its exact version. */
export interface Pin {
  /** `numpy==2.1.0`, or `name @ URL` */
  readonly requirement: string;
  /** `sha256:...` of the files that are accepted. */
  readonly hashes: readonly string[];
}

/** Lines of a requirements file with hashes, sorted. */
export function formatPins(pins: readonly Pin[]): string {
  return pins
    .map(({ requirement, hashes }) => [requirement, ...hashes.map((hash) => `    --hash=${hash}`)].join(" \\\n"))
    .sort((a, b) => (a < b ? -1 : 1))
    .join("\n")
    .concat("\n");
}

/** Reads what `formatPins` or `uv pip compile --generate-hashes` wrote. */
export function parsePins(text: string): readonly Pin[] {
  return logicalLines(text)
    .filter(({ line }) => !line.startsWith("-"))
    .map(({ line }) => {
      const hashes = [...line.matchAll(/--hash[= ](\w+:[0-9a-f]+)/g)].map(([, hash = ""]) => hash).sort();
      const requirement = line.replace(/\s*--hash[= ].*$/, "").replace(/\s*;.*$/, "");
      return { requirement: withoutCredentials(requirement).replace("****@", ""), hashes };
    });
}

/** Reads the report of `pip install --report` (its format 1). */
export function pinsOfReport(bytes: Uint8Array): readonly Pin[] {
  const report: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
  return list(member(report, "install")).map((item) => {
    const info = member(item, "download_info");
    const archive = member(info, "archive_info");
    const hashes = Object.entries(record(member(archive, "hashes"))).map(([name, value]) => `${name}:${value}`);
    // pip before 23.1 has one hash: "sha256=...".
    const hash = member(archive, "hash");
    const all = hashes.length > 0 ? hashes : typeof hash === "string" ? [hash.replace("=", ":")] : [];
    const name = String(member(member(item, "metadata"), "name"));
    const requirement =
      member(item, "is_direct") === true
        ? `${name} @ ${String(member(info, "url"))}`
        : `${name}==${String(member(member(item, "metadata"), "version"))}`;
    return { requirement, hashes: all };
  });
}

function member(value: unknown, name: string): unknown {
  return record(value)[name];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
