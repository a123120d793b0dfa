// The local cloud as a background process: found by its health endpoint, started detached, stopped by a signal.

import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TepalError } from "../base/index.js";
import { controlTokenHeader, controlTokenPath, prepareDataDirectory } from "../cloud/index.js";
import type { CommandContext } from "./command-context.js";
import { dataDirectory } from "./directories.js";
import { CliError } from "./errors.js";
import { portAdvice, portOption } from "./target-args.js";

/** `account` and `region` are the defaults for requests that do not specify them. */
interface CloudStartOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

/** A running cloud. */
export interface FoundCloud {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly version: string;
  readonly account: string;
  readonly region: string;
  readonly dataDir: string;
  readonly services: readonly string[];
}

/**
 * A cloud responds to a health check within milliseconds, and on a busy machine within seconds; another program on the
 * port may never respond.
 */
const healthMsMax = 5_000;
/** A hint about a cloud on another port is not worth a longer wait. */
const otherHealthMsMax = 500;
/** A start takes half a second, and on a busy machine twenty times as long. */
const startMsMax = 60_000;
/** Requests in flight may complete, and execution environments are stopped. */
const stopMsMax = 15_000;
const pollMs = 25;
const logLinesShown = 8;

/** Returns the cloud on a local port, or undefined if none is running. */
export async function findCloud(port: number, msMax = healthMsMax): Promise<FoundCloud | undefined> {
  const url = `http://127.0.0.1:${port}`;
  try {
    const response = await fetch(`${url}/_tepal/health`, { signal: AbortSignal.timeout(msMax) });
    const health: unknown = await response.json();
    return isHealth(health) ? { url, port, ...health } : undefined;
  } catch {
    return undefined;
  }
}

function isHealth(health: unknown): health is Omit<FoundCloud, "url" | "port"> {
  if (typeof health !== "object" || health === null) return false;
  return "name" in health && health.name === "tepal" && "pid" in health && typeof health.pid === "number";
}

/**
 * The cloud on a port, for a command that needs one.
 * @param remedy what to do if no cloud is running anywhere; default: start it
 * @throws CliError "cloud-not-running"; the hint names the clouds on other ports
 */
export async function requireCloud(
  port: number,
  context: CommandContext,
  remedy = `Start it with "tepal cloud start${portOption(port, context)}".`,
): Promise<FoundCloud> {
  const found = await findCloud(port);
  if (found) return found;
  const others = await cloudsOnOtherPorts(port, context);
  const hint =
    others.length === 0
      ? remedy
      : `A cloud is running on port ${others.join(" and on port ")}: ${portAdvice(others[0]!)}.`;
  throw new CliError("cloud-not-running", `No Tepal cloud is running at http://127.0.0.1:${port}`, { hint });
}

/** The ports of running clouds that were started in the background, by their logs in the data directory. */
async function cloudsOnOtherPorts(port: number, context: CommandContext): Promise<number[]> {
  const directory = dataDirectory(context);
  const names = existsSync(directory) ? readdirSync(directory) : [];
  const ports = names
    .map((name) => Number(/^cloud-(\d+)\.log$/.exec(name)?.[1]))
    .filter((one) => one > 0 && one !== port);
  const found = await Promise.all(ports.map((one) => findCloud(one, otherHealthMsMax)));
  return ports.filter((_, index) => found[index] !== undefined);
}

/**
 * Starts a cloud that keeps running after this command, and waits until it responds.
 * @throws CloudError "data-directory-unusable"; CliError "cloud-not-started" with the end of its log: the port may be
 * in use, the data damaged
 */
export async function startInBackground(
  { port, dataDir, account, region }: CloudStartOptions,
  context: CommandContext,
): Promise<FoundCloud> {
  prepareDataDirectory(dataDir);
  // One log file for each port: a failed start must not truncate the log of a running cloud.
  const logPath = join(dataDir, `cloud-${port}.log`);
  const log = openSync(logPath, "w");
  // With --json, an error is a document.
  const argv = ["cloud", "start", "--foreground", "--json", "--port", String(port), "--data", dataDir];
  if (account !== undefined) argv.push("--account", account);
  if (region !== undefined) argv.push("--region", region);
  // A corporate certificate bundle triples the start time of Node, and the cloud makes no TLS connections.
  const { NODE_EXTRA_CA_CERTS: _unused, ...env } = context.env;
  const child = spawn(context.execPath, [join(context.distDir, "tepal.js"), ...argv], {
    detached: true,
    stdio: ["ignore", log, log],
    env,
    windowsHide: true,
  });
  closeSync(log);
  let ended = false;
  let signal: NodeJS.Signals | null = null;
  child.once("exit", (_status, by) => {
    ended = true;
    signal = by;
  });
  child.once("error", () => {
    ended = true;
  });
  child.unref();

  const startedMs = context.clock.elapsedMs();
  while (context.clock.elapsedMs() - startedMs < startMsMax && !ended) {
    const found = await findCloud(port);
    if (found) return found;
    await context.sleep(pollMs);
  }
  throw startError(port, dataDir, signal, logPath);
}

/** Signals of a process that reads a damaged memory-mapped file. */
const crashes: ReadonlySet<string> = new Set(["SIGBUS", "SIGSEGV", "SIGABRT"]);

function startError(port: number, dataDir: string, signal: NodeJS.Signals | null, logPath: string): TepalError {
  const text = readFileSync(logPath, "utf8").trim();
  const reported = reportedError(text);
  if (reported) {
    const { code, message, hint } = reported;
    return new CliError("cloud-not-started", `The cloud did not start on port ${port}: ${message} [${code}]`, { hint });
  }
  const lines = text.split("\n").slice(-logLinesShown).join("\n  ");
  if (signal !== null && crashes.has(signal)) {
    return new CliError(
      "cloud-not-started",
      `The cloud crashed while it opened its data, which is probably damaged (${signal})`,
      {
        hint: `Restore ${dataDir} from a backup, or delete it to start with an empty cloud.`,
        place: { file: join(dataDir, "store", "documents.mdb") },
      },
    );
  }
  const shown = lines === "" ? "it printed nothing" : `\n  ${lines}`;
  return new CliError("cloud-not-started", `The cloud did not start on port ${port}: ${shown}`, {
    place: { file: logPath },
  });
}

/** The error that a cloud printed under --json; undefined if it printed something else. */
function reportedError(
  text: string,
): { readonly code: string; readonly message: string; readonly hint: string } | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const error: unknown =
    typeof document === "object" && document !== null && "error" in document ? document.error : undefined;
  if (typeof error !== "object" || error === null || !("code" in error && "message" in error)) return undefined;
  const { code, message } = error;
  const hint = "hint" in error ? error.hint : undefined;
  return typeof hint === "string" ? { code: String(code), message: String(message), hint } : undefined;
}

/**
 * Deletes all data of a cloud. Requires the token in its data directory, which only the user can read.
 * @throws CliError "cloud-not-running"
 */
export async function resetCloud({ url, dataDir }: FoundCloud): Promise<void> {
  const headers = { [controlTokenHeader]: readToken(controlTokenPath(dataDir)) };
  const response = await fetch(`${url}/_tepal/reset`, { method: "POST", headers });
  if (!response.ok) throw new CliError("cloud-not-running", `POST ${url}/_tepal/reset returned ${response.status}`);
}

/** Returns "" for anything but a token: the program on the port names the path, and must not obtain other files. */
function readToken(path: string): string {
  try {
    const token = readFileSync(path, "utf8");
    return /^[0-9a-f]{64}$/.test(token) ? token : "";
  } catch {
    return "";
  }
}

/** Shuts a cloud down. @throws CliError "cloud-not-stopped" */
export async function stopCloud(cloud: FoundCloud, context: CommandContext): Promise<void> {
  try {
    process.kill(cloud.pid, "SIGTERM");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError("cloud-not-stopped", `Cannot stop the cloud (process ${cloud.pid}): ${reason}`, {
      cause,
    });
  }
  const startedMs = context.clock.elapsedMs();
  while (context.clock.elapsedMs() - startedMs < stopMsMax) {
    if (!isAlive(cloud.pid)) return;
    await context.sleep(pollMs);
  }
  throw new CliError(
    "cloud-not-stopped",
    `The cloud (process ${cloud.pid}) is still running after ${stopMsMax / 1000} s`,
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
