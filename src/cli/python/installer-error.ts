// Explains why pip or uv failed: which package, the reason, and what to do.

import { formatPlatform } from "../../image/index.js";
import { CliError } from "../errors.js";
import type { Target } from "./installer.js";
import { type Ended, withoutCredentials } from "./run-program.js";

/** Lines of an unrecognized error: its end says the most. */
const linesShown = 12;
const versionsShown = 8;
const reasonCharactersMax = 300;

const unreachable =
  /NewConnectionError|Temporary failure in name resolution|ConnectTimeoutError|Max retries exceeded|Failed to fetch|dns error|error sending request|Connection refused/i;
const unauthorized = /\b(401|403)\b.*(Unauthorized|Forbidden|Error)|Credentials not correct/i;

export function installerError(name: "pip" | "uv", { status, stdout, stderr }: Ended, target: Target): CliError {
  const output = withoutCredentials(stderr.trim() || stdout.trim());
  const platform = `${formatPlatform(target.platform)} and Python ${target.version}`;
  const conflict = conflictOf(output);
  if (conflict) {
    return failure(`Requirements conflict: ${conflict}`, "Change one of the versions so that all can be installed.");
  }
  if (/do(es)? not match the hash|Hash mismatch/i.test(output)) {
    return failure(
      `A downloaded package does not match its hash: ${endOf(output)}`,
      "Check the package index. If the package was published again, run with --lock to accept its new hash.",
    );
  }
  const wheel = wheelOf(output);
  // pip reports "from versions: none" when it reached no index.
  if (unreachable.test(output) && (wheel === undefined || wheel.versions === "none")) {
    return failure(
      `${name} cannot reach the package index: ${unreachableLine(output)}`,
      "Check the network, and the index URL of pip's or uv's configuration. Packages of an earlier build with the same requirements need no network.",
    );
  }
  if (unauthorized.test(output)) {
    return failure(
      `The package index denied access: ${endOf(output)}`,
      "Check the credentials of the index in pip's or uv's configuration.",
    );
  }
  if (wheel) {
    return failure(
      `No wheel of ${wheel.requirement} for ${platform}${reasonOf(wheel, output)}`,
      `Check the name${wheel.versions === "none" ? " and the index URL" : ""}, or choose another version of the package, or another Python with --python. Packages without wheels must be built from source, which is not supported.`,
    );
  }
  return failure(
    `${name} ended with ${status === null ? "a signal" : `status ${status}`}: ${endOf(output)}`,
    /no such option: --(report|dry-run)/.test(output)
      ? "pip 22.2 or newer is required: python3 -m pip install --upgrade pip"
      : "Read the message, and check the requirements.",
  );
}

function failure(message: string, hint: string): CliError {
  return new CliError("requirements-unresolved", message, { hint });
}

/** The requirement that has no matching wheel, and the versions that have one. */
function wheelOf(output: string): { readonly requirement: string; readonly versions?: string } | undefined {
  const ofPip =
    /Could not find a version that satisfies the requirement (.+?) \(from (?:.*? )?versions: ([^)]*)\)/.exec(output);
  if (ofPip) return { requirement: (ofPip[1] ?? "").replace(/ \(from .*$/, ""), versions: ofPip[2] ?? "" };
  const unmatched = /No matching distribution found for (.+)/.exec(output);
  if (unmatched) return { requirement: unmatched[1]?.replace(/ \(from .*$/, "") ?? "" };
  const text = inOneLine(output);
  const ofUv =
    /Because (\S+) was not found in the package registry/.exec(text) ??
    /(?:Because|and) (\S+?) has no (?:wheels|usable wheels|matching)/.exec(text) ??
    /there is no version of (\S+?)(?:,? and| )/.exec(text);
  return ofUv ? { requirement: ofUv[1] ?? "" } : undefined;
}

/** The newest versions that have a wheel, or uv's explanation. */
function reasonOf({ versions }: { readonly versions?: string }, output: string): string {
  if (versions === undefined) {
    const because = /Because .*/.exec(inOneLine(output))?.[0];
    return because === undefined ? "" : `: ${because.slice(0, reasonCharactersMax)}`;
  }
  if (versions === "none") return " in the package index";
  const all = versions.split(", ");
  return ` (versions with wheels: ${all.length > versionsShown ? "..., " : ""}${all.slice(-versionsShown).join(", ")})`;
}

/** uv draws lines, and breaks its sentences into lines. */
function inOneLine(output: string): string {
  return output.replace(/[\s│╰─▶]+/g, " ");
}

/** What contradicts what, in one line. */
function conflictOf(output: string): string | undefined {
  if (/ResolutionImpossible|conflicting dependencies/.test(output)) {
    const [, causes = ""] = /The conflict is caused by:\s*\n([\s\S]*?)\n\s*\n/.exec(output) ?? [];
    const lines = causes.split("\n").map((line) => line.trim());
    return causes === "" ? endOf(output) : lines.join("; ");
  }
  return /(Because .* depends on .*(?:unsatisfiable|incompatible|cannot be used))/.exec(inOneLine(output))?.[1];
}

function unreachableLine(output: string): string {
  const line = output.split("\n").find((each) => unreachable.test(each)) ?? "";
  return line
    .replace(/^.*?\b(Failed to|Temporary failure|Connection refused|error sending|dns error)/, "$1")
    .slice(0, 200);
}

function endOf(output: string): string {
  return output.split("\n").slice(-linesShown).join("\n");
}
