import { spawn } from "node:child_process";
import { scaled } from "./until.js";

/**
 * The mark by which the test runner ends what a test file leaves running (scripts/processes.mjs); part of every child's
 * environment.
 */
export const processMark = { TEPAL_TEST_MARK: process.env.TEPAL_TEST_MARK };

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Longer than any program that a test runs takes on a quiet machine. */
const runMsMax = 120_000;

/** Runs a program to its end without blocking: the server that it talks to may live in this process. */
export function run(
  program: string,
  args: readonly string[],
  { env = {}, input = "", cwd }: { env?: Readonly<Record<string, string>>; input?: string; cwd?: string } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      timeout: scaled(runMsMax),
      killSignal: "SIGKILL",
    });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
      });
    }
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...output }));
    // A program that reads nothing may be gone before its input is.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/** The same for a program that must succeed. Returns what it printed, trimmed. */
export async function runWell(...command: Parameters<typeof run>): Promise<string> {
  const { status, stdout, stderr } = await run(...command);
  if (status !== 0)
    throw new Error(`${command[0]} ${command[1].join(" ")} ended with status ${status}: ${stderr}${stdout}`);
  return stdout.trim();
}
