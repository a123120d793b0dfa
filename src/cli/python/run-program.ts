// Programs that install packages: pip and uv.

import { spawn } from "node:child_process";

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface ProgramOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Called with the last line of what the program has just printed, on either output. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/** pip's report of 200 packages has 4 MB. A program that prints more is ended. */
const outputCharactersMax = 64 << 20;

/** Runs a program to its end. Returns undefined if it does not exist or is not executable. */
export function runProgram(
  program: string,
  args: readonly string[],
  { env, cwd, onLine }: ProgramOptions,
): Promise<Ended | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, cwd, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
        const line = text.trimEnd().split("\n").at(-1)?.trim();
        if (line) onLine?.(line);
        if (output[name].length > outputCharactersMax) child.kill("SIGKILL");
      });
    }
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "EACCES") resolve(undefined);
      else reject(error);
    });
    child.on("close", (status) => resolve({ status, ...output }));
  });
}

/** Text of another program without the user names, passwords and tokens in its URLs. */
export function withoutCredentials(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]+@/gi, "$1****@");
}
