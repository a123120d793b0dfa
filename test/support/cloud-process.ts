// A cloud in its own process, for tests that kill it: `node cloud-process.js DATA_DIR [PORT]` prints its port when it
// is ready.

import { silentLog, systemClock } from "../../src/base/index.js";
import { startCloud } from "../../src/cloud/index.js";

const [dataDir, port = "0"] = process.argv.slice(2);
const cloud = await startCloud({
  dataDir: dataDir!,
  port: Number(port),
  version: "0.0.0-test",
  clock: systemClock,
  log: silentLog,
});
process.stdout.write(`${cloud.port}\n`);
