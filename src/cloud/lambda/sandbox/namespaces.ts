// Isolates a function by Linux namespaces, with util-linux's unshare: as root, and as an ordinary user where the kernel
// allows it.
//
// A chain of programs, each of which replaces itself by the next where it can:
//   setpriv     ties the life of the others to this process, also when it is killed
//   unshare     mount, process, IPC and host name namespaces (and a user namespace, for an ordinary user)
//   sh          process 1: joins the control groups, mounts, waits. The function cannot remove its parent death signal
//   setpriv     no new privileges, no capabilities
//   unshare     changes the root and the user
//   exec helper sets the function's environment variables
//
// The function sees its root read-only, a private /tmp, six devices and its own processes. It has no capabilities,
// cannot gain any, and cannot create a user namespace, which the kernel denies inside a changed root. It shares the
// network of this machine, for the Runtime API and the internet, and has no seccomp filter, which Node cannot install.

import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sharedFiles } from "../code/root-trees.js";
import { startChild, type WatchMemory } from "./child.js";
import { execHelper, variablePrefix } from "./exec-helper/exec-helper.js";
import { childrenOf, descendantsOf } from "./memory.js";
import type { Sandbox, SandboxProcess, SandboxRequest } from "./sandbox.js";

/**
 * The function's user and group id when the cloud runs as root: no distribution assigns it (systemd's UIDS-GIDS lists
 * the ranges).
 */
const rootModeId = 66_051;
/** The function's ids in the user namespace of an ordinary user: those of Lambda's `sbx_user1051` and its group. */
const userModeUid = 993;
const userModeGid = 990;

const devices = ["null", "zero", "full", "random", "urandom", "tty"];
const deviceLinks = { fd: "/proc/self/fd", stdin: "fd/0", stdout: "fd/1", stderr: "fd/2" };
const helperName = ".tepal-exec";
const fstabPrefix = "fstab-";

/** Where the programs of the chain are looked up, whatever the PATH of this process is. */
const toolPath = "/usr/sbin:/usr/bin:/sbin:/bin";

/** $1: an fstab. $2: the root. $3: control groups to join. The rest: the next program. */
const script = `
set -e
umask 022
ulimit -c 0
ulimit -n 1024 2>/dev/null || :
for file in $3; do echo 0 > "$file"; done
mount -a -T "$1"
cd "$2"
shift 3
"$@" < /dev/null
exit $?
`;

interface NamespacesOptions {
  /** Whether this process is root. */
  readonly asRoot: boolean;
  /** Directory for the files of all environments. */
  readonly dir: string;
  /** Node's `process.arch`. */
  readonly architecture: string;
  readonly watchMemory: WatchMemory;
}

/** undefined on an architecture without an exec helper. */
export function namespacesSandbox(options: NamespacesOptions): Sandbox | undefined {
  const helper = execHelper(options.architecture);
  if (!helper) return undefined;
  const deviceDir = join(options.dir, "dev");
  makeDeviceDir(deviceDir, helper);
  removeStaleTables(options.dir);
  return {
    name: options.asRoot ? "Linux namespaces" : "Linux namespaces of an ordinary user",
    rejects: () => undefined,
    start: (request) => start(request, deviceDir, options),
  };
}

function start(request: SandboxRequest, deviceDir: string, options: NamespacesOptions): SandboxProcess {
  const { asRoot, dir, watchMemory } = options;
  const first = ["setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--pid", "--ipc", "--uts", "--fork"];
  const [tool, ...toolArguments] = [...first, "--kill-child", ...(asRoot ? [] : ["--user", "--map-root-user"])];
  const enter = asRoot
    ? ["setpriv", "--nnp", "--inh-caps=-all", "--bounding-set=-all,+sys_chroot,+setuid,+setgid", "unshare"].concat(
        `--setuid=${rootModeId}`,
        `--setgid=${rootModeId}`,
      )
    : ["setpriv", "--nnp", "--inh-caps=-all", "unshare", "--user"].concat(
        `--map-user=${userModeUid}`,
        `--map-group=${userModeGid}`,
      );
  const environment: Record<string, string> = { PATH: toolPath };
  for (const [name, value] of Object.entries(request.environment)) environment[variablePrefix + name] = value;
  const fstab = join(dir, `${fstabPrefix}${request.id}`);
  return startChild({
    request,
    watchMemory,
    // The descendants of process 1, which is the shell.
    processesOf: (pid) => childrenOf(pid).flatMap(descendantsOf),
    cleanUp: () => rmSync(fstab, { force: true }),
    spawn(memory) {
      // mount reads regular files only.
      writeFileSync(fstab, mountsOf(request, deviceDir));
      return spawn(
        tool!,
        [
          ...toolArguments,
          ...["sh", "-c", script, "sh", fstab, request.rootDir, memory.joinFiles.join(" ")],
          ...[...enter, "--root=.", `--wd=${request.workingDirectory}`, `/dev/${helperName}`],
          ...request.command,
        ],
        // In its own session and process group: Ctrl-C in the cloud's terminal does not reach it.
        { env: environment, cwd: "/", stdio: ["ignore", "pipe", "pipe"], detached: true },
      );
    },
  });
}

/** An fstab, so that one `mount` does all of them. */
function mountsOf({ rootDir, temporaryMb }: SandboxRequest, deviceDir: string): string {
  const at = (path: string) => join(rootDir, path);
  const rows: (readonly [what: string, where: string, type: string, options: string])[] = [
    [rootDir, rootDir, "none", "bind,ro,nosuid,nodev"],
    [deviceDir, at("dev"), "none", "bind,ro,nosuid,nodev"],
    ...devices
      .filter((name) => existsSync(`/dev/${name}`))
      .map((name) => [`/dev/${name}`, at(`dev/${name}`), "none", "bind"] as const),
    ["proc", at("proc"), "proc", "nosuid,nodev,noexec"],
    ["tmpfs", at("tmp"), "tmpfs", `nosuid,nodev,size=${temporaryMb}m,mode=1777`],
    ...sharedFiles(rootDir).map((name) => [`/${name}`, at(name), "none", "bind,ro,nosuid,nodev,noexec"] as const),
  ];
  return rows
    .map(([what, where, type, mode]) => `${fstabField(what)} ${fstabField(where)} ${type} ${mode} 0 0\n`)
    .join("");
}

/** Escapes blanks as in fstab(5). */
function fstabField(path: string): string {
  return path.replace(/[\s\\#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
}

/**
 * Removes the tables of environments that an earlier cloud had when it was killed: only one cloud at a time uses a
 * directory.
 */
function removeStaleTables(dir: string): void {
  for (const name of readdirSync(dir)) if (name.startsWith(fstabPrefix)) rmSync(join(dir, name), { force: true });
}

function makeDeviceDir(dir: string, helper: Uint8Array): void {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o755);
  for (const name of devices) writeFileSync(join(dir, name), "");
  for (const [name, target] of Object.entries(deviceLinks)) symlinkSync(target, join(dir, name));
  writeFileSync(join(dir, helperName), helper);
  // `writeFileSync` would apply the umask to the mode.
  chmodSync(join(dir, helperName), 0o755);
}
