// Finds the process that listens on the port that the cloud needs: another cloud reports itself; Linux's /proc shows
// other processes.

import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { get } from "node:http";
import type { TepalError } from "../base/index.js";
import { healthPath } from "./control.js";
import { CloudError } from "./errors.js";

/** A cloud responds in a few milliseconds; other programs may never respond. */
const responseMsMax = 500;

/** The error for a port that is in use, with the process that listens on it where that can be found out. */
export async function portInUse(port: number): Promise<TepalError> {
  const cloud = await cloudAt(port);
  if (cloud !== undefined) {
    return new CloudError("port-in-use", `Port ${port} is in use by another Tepal cloud, process ${cloud}`, {
      hint: "Use that cloud, stop it with tepal cloud stop, or choose another port with --port.",
    });
  }
  const holder = process.platform === "linux" ? listenerOf(port) : undefined;
  return new CloudError("port-in-use", `Port ${port} is in use by ${holder ?? "another process"}`);
}

/** The process id of the Tepal cloud on a port; undefined when no Tepal cloud listens there. */
function cloudAt(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path: healthPath, timeout: responseMsMax }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve(pidOf(text)));
      response.on("error", () => resolve(undefined));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(undefined));
    request.on("close", () => resolve(undefined));
  });
}

function pidOf(health: string): number | undefined {
  try {
    const found: unknown = JSON.parse(health);
    const isCloud = typeof found === "object" && found !== null && "name" in found && found.name === "tepal";
    return isCloud && "pid" in found && typeof found.pid === "number" ? found.pid : undefined;
  } catch {
    return undefined;
  }
}

/** "process 4711 (python3)": the process that listens on a port, among those that this user is allowed to inspect. */
function listenerOf(port: number): string | undefined {
  const inodes = new Set([...listeningInodes("/proc/net/tcp", port), ...listeningInodes("/proc/net/tcp6", port)]);
  if (inodes.size === 0) return undefined;
  const pid = entries("/proc")
    .filter((name) => /^\d+$/.test(name))
    .find((process) =>
      entries(`/proc/${process}/fd`).some((file) => {
        const inode = /^socket:\[(\d+)\]$/.exec(link(`/proc/${process}/fd/${file}`))?.[1];
        return inode !== undefined && inodes.has(inode);
      }),
    );
  return pid === undefined ? undefined : `process ${pid} (${read(`/proc/${pid}/comm`).trim()})`;
}

/**
 * Lines of /proc/net/tcp: number, local address:port (hexadecimal), remote, state (0A: listening), ..., inode as the
 * tenth field.
 */
function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return read(table)
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === "0A")
    .map((fields) => fields[9] ?? "");
}

function read(path: string): string {
  return orDefault(() => readFileSync(path, "utf8"), "");
}

function entries(path: string): string[] {
  return orDefault(() => readdirSync(path), []);
}

function link(path: string): string {
  return orDefault(() => readlinkSync(path), "");
}

/** Processes start and end during the search, and most belong to other users. */
function orDefault<T>(look: () => T, fallback: T): T {
  try {
    return look();
  } catch {
    return fallback;
  }
}
