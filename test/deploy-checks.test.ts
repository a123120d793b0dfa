// A deployment to the local cloud that fails its check does not change what callers get.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { GetDeploymentCommand, GetStageCommand, UpdateIntegrationResponseCommand } from "@aws-sdk/client-api-gateway";
import { imageOf } from "../src/image/image.js";
import { parseReference, writeArchive } from "../src/image/index.js";
import { buildLayer } from "../src/image/layer/build-layer.js";
import { deployIris, request } from "./support/deployed-iris.js";
import { emptyHome } from "./support/tepal.js";

test("a version that fails its check does not become the version that the stage serves", async (t) => {
  const { tepal, deploy, post, folder } = await deployIris(t);
  const base = join(folder, "base.tar");
  await writeBrokenBase(base);

  const failed = await deploy("--base", base);

  assert.equal(failed.status, 1);
  assert.match(
    failed.err,
    /Version 2 of the function iris failed its check, and the stage prod still serves version 1/,
  );
  assert.match(failed.err, /Runtime\.InvalidEntrypoint/);
  assert.match(failed.err, /\[check-failed\]\n$/);
  assert.deepEqual(await post(), { status: 200, body: "[2]" });
  const [listed] = JSON.parse((await tepal("list", "--json")).out);
  assert.equal(listed.version, "1");
  assert.equal((await deploy("--memory", "256")).status, 0, "the next deployment succeeds");
});

/** A base image whose Node is not a program. */
async function writeBrokenBase(path: string): Promise<void> {
  const node = { path: "usr/local/bin/node", content: Buffer.from("not a program"), executable: true };
  const layer = buildLayer([node]);
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  const config = { Entrypoint: ["/usr/local/bin/node"], Env: ["PATH=/usr/local/bin"] };
  const image = imageOf({ os: "linux", architecture, config, diffIds: [layer.diffId], history: [] }, [layer]);
  await writeArchive(image, path, parseReference("base"));
}

test("callers are switched back when the API fails its check", async (t) => {
  const { tepal, deploy, post, gateway, stage, method, deployByHand } = await deployIris(t);
  const { deploymentId } = await gateway.send(new GetStageCommand(stage));
  const { description } = await gateway.send(new GetDeploymentCommand({ restApiId: stage.restApiId, deploymentId }));
  await gateway.send(
    new UpdateIntegrationResponseCommand({
      ...method,
      statusCode: "200",
      patchOperations: [{ op: "replace", path: "/responseTemplates/application~1json", value: "broken" }],
    }),
  );
  // With the description of a deployment of Tepal, so that the API is recognized as intact.
  await deployByHand(description);

  const failed = await deploy("--memory", "256");

  assert.equal(failed.status, 1);
  assert.match(failed.err, /returned 200 broken, expected \[\d\]\. The stage prod was switched back to version 1/);
  const [listed] = JSON.parse((await tepal("list", "--json")).out);
  assert.equal(listed.version, "1");
  assert.equal((await post()).body, "broken", "the stage serves what it served before the deployment");
});

for (const [name, body, status, message] of [
  [
    "a request of 7 MB",
    JSON.stringify({ values: [[1, 2, 3, 4, "x".repeat(7e6)]] }),
    413,
    /request is larger than 6 MB/,
  ],
  ["predictions of more than 6 MB", manyRows(150_000), 413, /predictions are larger than 6 MB/],
] as const) {
  test(`${name} get an HTTP error, and invoke exits with status 1`, async (t) => {
    const { tepal, post, url } = await deployIris(t, "--timeout", "29");

    const response = await post(body);

    assert.equal(response.status, status, response.body.slice(0, 200));
    assert.match(response.body, message);
    assert.match(url, /predict$/);
    const home = emptyHome(t);
    const invoked = await home.tepal(["invoke", "iris", "--port", new URL(url).port], body);
    assert.equal(invoked.status, 1);
    assert.match(invoked.err, message);
    const next = await tepal("invoke", "iris", request);
    assert.equal(next.status, 0, next.err);
  });
}

/** Rows whose probabilities are longer than the rows. */
function manyRows(count: number): string {
  return `{"method":"predict_proba","values":[${Array.from({ length: count }, () => "[5.9,3.0,5.1,2.3]").join()}]}`;
}
