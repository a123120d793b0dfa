import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";

/** Starts moto's server, an independent AWS emulator, on a free port until the test ends. Returns its address. */
export async function startMoto(t: TestContext): Promise<string> {
  const server = spawn("moto_server", ["-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "pipe", "pipe"],
    // So that moto knows AWS's managed policies, and its Lambda gets images from its ECR.
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true", MOTO_LAMBDA_STUB_ECR: "false" },
  });
  t.after(() => server.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (status) => reject(new Error(`moto_server ended with status ${status}`)));
    for (const stream of [server.stdout, server.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        const address = line.match(/Running on (http:\/\/127\.0\.0\.1:\d+)/)?.[1];
        if (address) resolve(address);
      });
    }
  });
}
