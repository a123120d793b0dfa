import type { TestContext } from "node:test";
import { silentLog, systemClock } from "../../src/base/index.js";
import { type CloudOptions, type RunningCloud, startCloud } from "../../src/cloud/index.js";
import { temporaryDirectory } from "./temporary-directory.js";

/** A cloud on a free port. It is closed, and its directory removed, when the test ends. */
export async function startTestCloud(t: TestContext, options: Partial<CloudOptions> = {}): Promise<RunningCloud> {
  let cloud: RunningCloud | undefined;
  // Hooks run in the order of their registration: the cloud is closed before its directory is removed.
  t.after(() => cloud?.close());
  cloud = await startCloud({
    port: 0,
    dataDir: temporaryDirectory(t),
    version: "0.0.0-test",
    clock: systemClock,
    log: silentLog,
    ...options,
  });
  return cloud;
}

/** What an AWS SDK client needs to talk to a cloud: `new STSClient(clientOf(cloud))`. */
export function clientOf({ url }: RunningCloud, { account = "test", region = "us-east-1" } = {}) {
  return { endpoint: url, region, credentials: { accessKeyId: account, secretAccessKey: "test" }, maxAttempts: 1 };
}
