// Where namespaces do not work: function images that this Tepal built run as an ordinary process. Such a process is not
// isolated from anything, so none of the image's code runs: the process is this machine's Node with Tepal's own copy of
// the runtime, which must be byte for byte the image's, and takes from the image only the model file, which can only
// build data. Any other image is rejected.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { digestOf, functionRootMismatch, type UnpackedImage } from "../../../image/index.js";
import { startChild, type WatchMemory } from "./child.js";
import { descendantsOf } from "./memory.js";
import type { Sandbox, SandboxProcess, SandboxRequest } from "./sandbox.js";

interface PlainProcessOptions {
  /** The Node executable. */
  readonly execPath: string;
  /**
   * The runtime that this Tepal puts into function images; undefined for a cloud without one, where no function can
   * run.
   */
  readonly runtimePath: string | undefined;
  /** Directory for each environment's temporary files. */
  readonly dir: string;
  /** `process.platform` */
  readonly platform: string;
  /** Why this machine has no better sandbox. */
  readonly reason: string;
  readonly watchMemory: WatchMemory;
}

/** Kills the process group when the pipe closes whose other end only the cloud holds, also when the cloud is killed. */
const shellScript = '{ read -r _ <&3; kill -9 0; } & exec "$@" 3<&-';
/**
 * The same on Windows, which has no POSIX shell: the program ends when its standard input ends, as soon as it does not
 * compute.
 */
const nodeScript =
  'process.stdin.on("end", () => process.kill(process.pid, "SIGKILL")).resume(); require(process.argv[1])';

/**
 * Names of variables that reach the process: Lambda's own. No other has a meaning for the runtime, but some have for
 * Node.
 */
const passedVariable = /^(AWS_[A-Z0-9_]+|LAMBDA_[A-Z0-9_]+|_HANDLER|LANG|TZ|PATH)$/;

export function plainProcessSandbox(options: PlainProcessOptions): Sandbox {
  // Temporary files of environments that an earlier cloud had when it was killed.
  rmSync(options.dir, { recursive: true, force: true });
  return {
    name: `plain processes (${options.reason})`,
    rejects(code) {
      const mismatch = mismatchOf(code, options.runtimePath);
      if (mismatch === undefined) return undefined;
      return `Only function images that this Tepal built run here: ${options.reason}. This is another image: ${mismatch}.`;
    },
    start: (request) => start(request, options),
  };
}

function mismatchOf(code: UnpackedImage, runtimePath: string | undefined): string | undefined {
  if (runtimePath === undefined) return "this cloud was started without the runtime of function images";
  return functionRootMismatch(code, digestOf(readFileSync(runtimePath)));
}

function start(
  request: SandboxRequest,
  { platform, execPath, runtimePath, dir, watchMemory }: PlainProcessOptions,
): SandboxProcess {
  const { rootDir, environment: variables, workingDirectory } = request;
  // Checked again, so that no caller can start an image without calling `rejects`.
  const mismatch = mismatchOf(request, runtimePath);
  if (runtimePath === undefined || mismatch !== undefined) throw new Error(`Not a function image: ${mismatch}`);
  const temporaryDir = join(dir, request.id);
  const environment = {
    ...Object.fromEntries(Object.entries(variables).filter(([name]) => passedVariable.test(name))),
    TEPAL_MODEL: join(rootDir, variables.TEPAL_MODEL ?? ""),
    TMPDIR: temporaryDir,
  };

  return startChild({
    request,
    watchMemory,
    processesOf: (pid) => [pid, ...descendantsOf(pid)],
    cleanUp: () => rmSync(temporaryDir, { recursive: true, force: true }),
    spawn() {
      mkdirSync(temporaryDir, { recursive: true });
      const options = { env: environment, cwd: join(rootDir, workingDirectory) };
      if (platform === "win32") {
        const words = ["-e", nodeScript, runtimePath];
        return spawn(execPath, words, { ...options, stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
      }
      return spawn("/bin/sh", ["-c", shellScript, "sh", execPath, runtimePath], {
        ...options,
        stdio: ["ignore", "pipe", "pipe", "pipe"],
        // In its own process group, for `kill -9 0`.
        detached: true,
      });
    },
  });
}
