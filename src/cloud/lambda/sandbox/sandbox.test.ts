// What a process in a sandbox can see, do and reach: a busybox shell in each kind of sandbox that this machine allows.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { missingBusybox } from "../../../../test/support/lambda.js";
import { temporaryDirectory } from "../../../../test/support/temporary-directory.js";
import { scaled, until } from "../../../../test/support/until.js";
import { silentLog, systemClock } from "../../../base/index.js";
import { chooseSandbox } from "./choose-sandbox.js";
import { watchResident } from "./memory.js";
import { namespacesSandbox } from "./namespaces.js";
import type { Sandbox, SandboxRequest } from "./sandbox.js";

const nowMs = systemClock.elapsedMs;
let sequence = 0;

function factsOf(dir: string, uid: number | undefined) {
  const { platform, arch: architecture, execPath } = process;
  const probeId = `${process.pid}-probe${sequence++}`;
  return { platform, architecture, execPath, runtimePath: undefined, uid, dir, nowMs, probeId, log: silentLog };
}

/**
 * The sandbox of a user with this id; undefined when this machine does not allow it. An ordinary user has no control
 * groups.
 */
async function sandboxOf(t: TestContext, uid: number): Promise<{ sandbox: Sandbox; dir: string } | undefined> {
  const dir = temporaryDirectory(t);
  // Other users need access to its subdirectories.
  chmodSync(dir, 0o755);
  const sandbox = await chooseSandbox(factsOf(join(dir, "sandbox"), uid));
  if (!sandbox.name.startsWith("Linux namespaces")) return undefined;
  if (uid === 0) return { sandbox, dir };
  const ordinary = namespacesSandbox({
    asRoot: false,
    dir: join(dir, "sandbox"),
    architecture: process.arch,
    watchMemory: ({ memoryMb }, kill) => watchResident(memoryMb * 2 ** 20, nowMs, kill),
  });
  return ordinary && { sandbox: ordinary, dir };
}

/** Runs a shell script in a root that holds busybox, and returns what it printed and how it ended. */
async function run(sandbox: Sandbox, dir: string, script: string, more: Partial<SandboxRequest> = {}) {
  const started = sandbox.start({ ...requestOf(rootWithBusybox(dir), script), ...more });
  let output = "";
  for (const stream of [started.stdout, started.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const exit = await started.exited;
  return { output, exit, memoryUsedBytes: started.memoryUsedBytes() };
}

function rootWithBusybox(dir: string): string {
  const rootDir = join(dir, "root");
  for (const name of ["bin", "proc", "dev", "tmp", "etc", "var/task"])
    mkdirSync(join(rootDir, name), { recursive: true });
  copyFileSync("/usr/bin/busybox", join(rootDir, "bin/busybox"));
  return rootDir;
}

function requestOf(rootDir: string, script: string): SandboxRequest {
  return {
    id: `${process.pid}-test${sequence++}`,
    rootDir,
    command: ["/bin/busybox", "sh", "-c", script],
    environment: { PATH: "/bin" },
    workingDirectory: "/var/task",
    memoryMb: 128,
    temporaryMb: 1,
  };
}

const kinds = [
  { kind: "as root", uid: 0, skip: process.getuid?.() === 0 ? missingBusybox : "needs root" },
  { kind: "as an ordinary user", uid: 1000, skip: missingBusybox },
];

/** Attempts to escape: the output must show that each failed. */
const attempts: readonly (readonly [name: string, script: string, expected: RegExp])[] = [
  ["write to its root", "echo x > /var/task/new", /Read-only file system/],
  ["make its root writable", "mount -o remount,rw /", /permission denied|Operation not permitted/i],
  ["mount something", "mount -t tmpfs none /tmp", /permission denied|Operation not permitted/i],
  ["leave by the root of process 1", "ls /proc/1/root/", /Permission denied/],
  ["leave by the working directory of process 1", "ls /proc/1/cwd/", /Permission denied/],
  ["leave by parent directories", "ls /../../../../", /^bin\ndev\netc\nproc\ntmp\nvar\n$/],
  ["leave by another root", "mkdir /tmp/r; chroot /tmp/r ls", /Operation not permitted/],
  ["gain capabilities in a user namespace", "unshare -r id", /Operation not permitted/],
  ["make a device", "mknod /tmp/disk b 254 0", /Operation not permitted/],
  [
    "write to the kernel's settings",
    "echo 1 > /proc/sys/kernel/sysrq",
    /Permission denied|Read-only|nonexistent|can't create/,
  ],
  ["become root", "busybox setpriv --reuid 0 id -u", /Operation not permitted|unrecognized|invalid/i],
  ["end the process that watches it", "kill -9 1; echo status $?; busybox ps -o pid | grep -c '^ *1$'", /1\n$/],
];

for (const { kind, uid, skip } of kinds) {
  test(`${kind}, shows a function its root and its own processes, and gives it no privilege`, { skip }, async (t) => {
    const made = await sandboxOf(t, uid);
    if (!made) return t.skip("this machine allows no namespaces");
    const { sandbox, dir } = made;

    const { output, exit } = await run(
      sandbox,
      dir,
      `id -u; pwd; grep -E "^(CapEff|CapPrm|CapAmb|NoNewPrivs)" /proc/self/status; ls -d /proc/[0-9]* | grep -c .;
       stat -c %a /tmp; echo hi > /tmp/file; cat /tmp/file; dd if=/dev/zero of=/tmp/big bs=1M count=2 2>&1 | grep -o "No space left on device";
       ls /dev; echo x > /dev/null; ls /proc/self/fd | grep -c .; env | sort`,
    );

    const [id, ...lines] = output.trim().split("\n");
    assert.notEqual(id, "0");
    assert.deepEqual(
      lines,
      [
        "/var/task",
        "CapPrm:\t0000000000000000",
        "CapEff:\t0000000000000000",
        "CapAmb:\t0000000000000000",
        "NoNewPrivs:\t1",
        // Process 1, the shell, and the last one that looks.
        lines[5]!,
        "1777",
        "hi",
        "No space left on device",
        ...["fd", "full", "null", "random", "stderr", "stdin", "stdout", "tty", "urandom", "zero"],
        "4",
        "OLDPWD",
        "PATH=/bin",
        "PWD=/var/task",
        "SHLVL=1",
      ].filter((line) => line !== "OLDPWD"),
    );
    assert.ok(Number(lines[5]) <= 6, `${lines[5]} processes are visible`);
    assert.deepEqual([exit.how, exit.status], ["exit", 0]);
  });

  test(`${kind}, keeps a function from leaving its root and from gaining privileges`, { skip }, async (t) => {
    const made = await sandboxOf(t, uid);
    if (!made) return t.skip("this machine allows no namespaces");
    for (const [name, script, expected] of attempts) {
      const { output } = await run(made.sandbox, made.dir, script);
      assert.match(output, expected, name);
    }
  });

  test(`${kind}, hides this machine's files and processes from a function`, { skip }, async (t) => {
    const made = await sandboxOf(t, uid);
    if (!made) return t.skip("this machine allows no namespaces");
    const secret = join(made.dir, "secret");
    writeFileSync(secret, "of the host", { mode: 0o666 });
    const bystander = spawn("sleep", ["60"]);
    t.after(() => bystander.kill());

    const { output } = await run(
      made.sandbox,
      made.dir,
      `cat ${secret}; echo spoiled > ${secret}; kill -9 ${bystander.pid}; ls /etc /home 2>&1 | grep -c passwd`,
    );

    assert.doesNotMatch(output, /of the host/);
    assert.match(output, /No such process/);
    assert.equal(readFileSync(secret, "utf8"), "of the host");
    assert.ok(existsSync(`/proc/${bystander.pid}`));
  });

  test(`${kind}, keeps the image's variables from the programs that start it`, { skip }, async (t) => {
    const made = await sandboxOf(t, uid);
    if (!made) return t.skip("this machine allows no namespaces");
    const environment = {
      PATH: "/nowhere",
      LD_PRELOAD: "/evil.so",
      LD_LIBRARY_PATH: "/evil",
      IFS: "/",
      ENV: "/evil",
      BASH_ENV: "/evil",
    };

    const { output, exit } = await run(made.sandbox, made.dir, "busybox env | busybox sort; exit 3", {
      environment: { ...environment, PATH: "/bin" },
    });

    assert.equal(exit.status, 3);
    for (const [name, value] of Object.entries({ ...environment, PATH: "/bin" })) {
      if (name !== "IFS") assert.match(output, new RegExp(`^${name}=${value}$`, "m"));
    }
    assert.doesNotMatch(output, /cannot be preloaded/);
  });

  test(`${kind}, kills a function that exceeds its memory`, { skip }, async (t) => {
    const made = await sandboxOf(t, uid);
    if (!made) return t.skip("this machine allows no namespaces");

    const { exit, memoryUsedBytes } = await run(
      made.sandbox,
      made.dir,
      // Grows by about 1 MB a millisecond, so that a limit that is only looked at every 50 ms is seen in time.
      'exec awk \'BEGIN { s = sprintf("%1000000s", ""); while (1) { a[n++] = s ""; for (i = 0; i < 3000; i++) x++ } }\'',
      { memoryMb: 64 },
    );

    assert.deepEqual([exit.how, exit.signal, exit.outOfMemory], ["signal", "killed", true]);
    assert.ok(memoryUsedBytes > 0);
  });
}

for (const { kind, uid, skip } of kinds) {
  test(`${kind}, leaves no process of a function that is killed during its start`, { skip }, async (t) => {
    const made = await sandboxOf(t, uid);
    if (!made) return t.skip("this machine allows no namespaces");
    const { sandbox, dir } = made;
    const rootDir = rootWithBusybox(dir);

    for (let delayMs = 0; delayMs < 12; delayMs += 0.25) {
      const started = sandbox.start(requestOf(rootDir, `sleep 300 ${dir}`));
      const killMs = nowMs() + delayMs;
      while (nowMs() < killMs);
      started.kill();
      const outcome = await Promise.race([started.exited, sleep(scaled(10_000), "still running", { ref: false })]);
      assert.notEqual(outcome, "still running", `killed after ${delayMs} ms`);
    }

    assert.deepEqual(processesWith(`sleep 300 ${dir}`), []);
  });
}

test("leaves no process when the cloud is killed", { skip: missingBusybox }, async (t) => {
  const dir = temporaryDirectory(t);
  const cloud = spawn(process.execPath, ["--input-type=module", "-e", await orphanScript(dir)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => cloud.kill("SIGKILL"));
  await new Promise((resolve) => cloud.stdout.once("data", resolve));
  assert.ok(processesWith(dir).length > 0);

  cloud.kill("SIGKILL");

  await until("no process of the cloud is left", () => processesWith(dir).length === 0);
});

/** A program that starts a function which ignores all signals that it can, and then waits. */
async function orphanScript(dir: string): Promise<string> {
  const module = new URL("./choose-sandbox.js", import.meta.url).href;
  return `
    import { copyFileSync, mkdirSync } from "node:fs";
    import { chooseSandbox } from ${JSON.stringify(module)};
    const dir = ${JSON.stringify(dir)};
    const sandbox = await chooseSandbox({ platform: process.platform, architecture: process.arch, execPath: process.execPath,
      uid: process.getuid(), dir: dir + "/sandbox", probeId: process.pid + "-probe", nowMs: () => performance.now(), log: console });
    for (const name of ["bin", "proc", "dev", "tmp"]) mkdirSync(dir + "/root/" + name, { recursive: true });
    copyFileSync("/usr/bin/busybox", dir + "/root/bin/busybox");
    const script = "trap '' HUP INT TERM; (trap '' HUP INT TERM; sleep 300 " + dir + ") & echo up; while true; do sleep 100; done";
    const started = sandbox.start({ id: process.pid + "-orphan", rootDir: dir + "/root", command: ["/bin/busybox", "sh", "-c", script, dir],
      environment: { PATH: "/bin" }, workingDirectory: "/", memoryMb: 128, temporaryMb: 1 });
    started.stdout.on("data", () => console.log("up"));
    setInterval(() => {}, 1000);
  `;
}

/** Processes of this machine whose command line has this text, except the test's cloud. */
function processesWith(text: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        return line.includes(text) && !line.includes("choose-sandbox");
      } catch {
        return false;
      }
    });
}
