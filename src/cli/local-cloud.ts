// The embedded cloud as a process of its own: found by its health address, started in the background, stopped by a signal.

import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { controlTokenHeader } from "../cloud/index.js";
import type { CommandContext } from "./command-context.js";
import { CliError } from "./errors.js";

/** A cloud that answers. */
export interface FoundCloud {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly version: string;
  readonly services: readonly string[];
}

/** A cloud answers its health in a few milliseconds; other programs may never. */
const healthMsMax = 1_000;
const startMsMax = 20_000;
/** Requests under way may end, and environments have to. */
const stopMsMax = 15_000;
const lookAgainMs = 25;
const logLinesShown = 8;

/** The cloud on a port of this machine; undefined when there is none. */
export async function findCloud(port: number): Promise<FoundCloud | undefined> {
  const url = `http://127.0.0.1:${port}`;
  try {
    const answer = await fetch(`${url}/_tepal/health`, { signal: AbortSignal.timeout(healthMsMax) });
    const health: unknown = await answer.json();
    return isHealth(health) ? { url, port, ...health } : undefined;
  } catch {
    return undefined;
  }
}

function isHealth(health: unknown): health is Omit<FoundCloud, "url" | "port"> {
  if (typeof health !== "object" || health === null) return false;
  return "name" in health && health.name === "tepal" && "pid" in health && typeof health.pid === "number";
}

/** @throws CliError "cloud-not-running" */
export async function requireCloud(port: number): Promise<FoundCloud> {
  const found = await findCloud(port);
  if (found) return found;
  throw new CliError("cloud-not-running", `No Tepal cloud answers at http://127.0.0.1:${port}`);
}

/**
 * Starts a cloud that outlives this command, and waits until it answers.
 * @throws CliError "cloud-not-started" with the end of its log: the port may be somebody else's, the data damaged
 */
export async function startInBackground(port: number, dataDir: string, context: CommandContext): Promise<FoundCloud> {
  mkdirSync(dataDir, { recursive: true });
  // One file a port: a start that is refused must not cut off the log of the cloud that runs.
  const logPath = join(dataDir, `cloud-${port}.log`);
  const log = openSync(logPath, "w");
  const words = ["cloud", "start", "--foreground", "--port", String(port), "--data", dataDir];
  // A corporate certificate bundle triples the start of every Node process, and the cloud calls nobody.
  const { NODE_EXTRA_CA_CERTS: _unused, ...env } = context.env;
  const child = spawn(context.execPath, [join(context.distDir, "tepal.js"), ...words], {
    detached: true,
    stdio: ["ignore", log, log],
    env,
  });
  closeSync(log);
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", () => {
    ended = true;
  });
  child.unref();

  const startedMs = context.clock.elapsedMs();
  while (context.clock.elapsedMs() - startedMs < startMsMax && !ended) {
    const found = await findCloud(port);
    if (found) return found;
    await context.sleep(lookAgainMs);
  }
  const lines = readFileSync(logPath, "utf8").trim().split("\n").slice(-logLinesShown).join("\n  ");
  throw new CliError("cloud-not-started", `The cloud did not start on port ${port}:\n  ${lines}`, {
    place: { file: logPath },
  });
}

/**
 * Removes everything that a cloud holds. Only a user who can read the cloud's token may: the cloud names its file.
 * @throws CliError "cloud-not-running"
 */
export async function resetCloud(url: string): Promise<void> {
  const post = (headers: Record<string, string>) => fetch(`${url}/_tepal/reset`, { method: "POST", headers });
  let response = await post({});
  if (response.status === 403) {
    const rejection: unknown = await response.json();
    response = await post({ [controlTokenHeader]: readToken(rejection) });
  }
  if (!response.ok) throw new CliError("cloud-not-running", `POST ${url}/_tepal/reset returned ${response.status}`);
}

/** The token whose file the cloud names. Any program may listen at the port: it gets nothing else than a token. */
function readToken(rejection: unknown): string {
  if (typeof rejection !== "object" || rejection === null || !("tokenPath" in rejection)) return "";
  try {
    const token = readFileSync(String(rejection.tokenPath), "utf8");
    return /^[0-9a-f]{64}$/.test(token) ? token : "";
  } catch {
    return "";
  }
}

/** Ends a cloud in order. @throws CliError "cloud-not-stopped" */
export async function stopCloud(cloud: FoundCloud, context: CommandContext): Promise<void> {
  try {
    process.kill(cloud.pid, "SIGTERM");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError("cloud-not-stopped", `The cloud, process ${cloud.pid}, cannot be stopped: ${reason}`, {
      cause,
    });
  }
  const startedMs = context.clock.elapsedMs();
  while (context.clock.elapsedMs() - startedMs < stopMsMax) {
    if (!isAlive(cloud.pid)) return;
    await context.sleep(lookAgainMs);
  }
  throw new CliError("cloud-not-stopped", `The cloud, process ${cloud.pid}, still runs after ${stopMsMax / 1000} s`);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
