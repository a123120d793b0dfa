import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";

export interface KillableCloud {
  readonly port: number;
  readonly url: string;
  /** Ends the process with SIGKILL, in the middle of what it is doing. */
  kill(): Promise<void>;
}

/** Starts a cloud in its own process, which is killed when the test ends. */
export async function startKillableCloud(t: TestContext, dataDir: string, port = 0): Promise<KillableCloud> {
  const script = fileURLToPath(new URL("./cloud-process.js", import.meta.url));
  const child = spawn(process.execPath, [script, dataDir, String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => kill(child));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = `http://127.0.0.1:${line}`;
    return { port: Number(line), url, kill: () => kill(child) };
  }
  throw new Error(`The cloud ended with status ${child.exitCode}`);
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}
