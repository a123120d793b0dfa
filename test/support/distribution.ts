import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { temporaryDirectory } from "./temporary-directory.js";
import { freePort } from "./tepal.js";
import { until } from "./until.js";

/** docker-registry (Debian's name for distribution's registry) on a free port, with its own storage. */
export async function startDistribution(t: TestContext): Promise<string> {
  const folder = temporaryDirectory(t);
  const host = `127.0.0.1:${await freePort()}`;
  const config = {
    version: "0.1",
    log: { level: "error" },
    storage: { filesystem: { rootdirectory: folder } },
    http: { addr: host },
  };
  writeFileSync(join(folder, "config.yml"), JSON.stringify(config));
  const child = spawn("docker-registry", ["serve", join(folder, "config.yml")], { stdio: "ignore" });
  t.after(() => child.kill("SIGKILL"));
  await until(`docker-registry responds on ${host}`, async () => {
    if (child.exitCode !== null) throw new Error(`docker-registry ended with status ${child.exitCode}`);
    return (await fetch(`http://${host}/v2/`).catch(() => undefined))?.ok === true;
  });
  return host;
}
