// What a redeploy to the local cloud must not break: the protection of its API, and the version that serves.

import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStageCommand,
  type PatchOperation,
  UpdateIntegrationResponseCommand,
  UpdateMethodCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { imageOf } from "../src/image/image.js";
import { parseReference, writeArchive } from "../src/image/index.js";
import { buildLayer } from "../src/image/layer/build-layer.js";
import { projectPath } from "./support/project.js";
import { emptyHome, freePort } from "./support/tepal.js";

const iris = projectPath("examples/iris/iris_model.sav");
const request = '{"values":[[5.9,3.0,5.1,2.3]]}';

/** A deployed iris model, the API's client, and what its owner does by hand. */
async function deployIris(t: TestContext, ...firstOptions: string[]) {
  const port = String(await freePort());
  const home = emptyHome(t, { last: ["cloud", "stop", "--port", port], cache: projectPath(".build/cache") });
  const tepal = (...words: string[]) => home.tepal([...words, "--port", port]);
  const deploy = (...options: string[]) => tepal("deploy", iris, "--name", "iris", ...options);
  const first = await deploy(...firstOptions);
  assert.equal(first.status, 0, first.err);
  const url = first.out.trim();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const gateway = new APIGatewayClient({ endpoint: `http://127.0.0.1:${port}`, region: "us-east-1", credentials });
  t.after(() => gateway.destroy());
  const restApiId = url.match(/restapis\/(\w+)/)?.[1] ?? assert.fail(url);
  const stage = { restApiId, stageName: "prod" };
  const { items = [] } = await gateway.send(new GetResourcesCommand({ restApiId }));
  const resourceId = items.find(({ path }) => path === "/predict")?.id;
  const method = { restApiId, resourceId, httpMethod: "POST" };
  return {
    folder: home.folder,
    tepal,
    deploy,
    gateway,
    stage,
    method,
    updateMethod: (...patchOperations: PatchOperation[]) =>
      gateway.send(new UpdateMethodCommand({ ...method, patchOperations })),
    /** Deploys the API as it is edited, as the console does. */
    deployByHand: (description?: string) =>
      gateway.send(new CreateDeploymentCommand({ ...stage, ...(description ? { description } : {}) })),
    post: async (body = request, at = url) => {
      const response = await fetch(at, { method: "POST", headers: { "content-type": "application/json" }, body });
      return { status: response.status, body: await response.text() };
    },
    url,
  };
}

const requireIam = { op: "replace", path: "/authorizationType", value: "AWS_IAM" } as const;
const requireKey = { op: "replace", path: "/apiKeyRequired", value: "true" } as const;

test("a redeploy and a rollback keep the AWS_IAM authorization that was added by hand", async (t) => {
  const { tepal, deploy, post, url, updateMethod, deployByHand } = await deployIris(t);
  await updateMethod(requireIam);
  await deployByHand();
  assert.equal((await post()).status, 403);

  const planned = await deploy("--plan", "--memory", "256");
  assert.match(planned.out, /keep API deployment POST \/predict: authorization AWS_IAM\n/);
  for (const options of [["--memory", "256"], ["--cors", "*"], []]) {
    const { status, err } = await deploy(...options);
    assert.equal(status, 0, err);
    assert.match(err, /keeps authorization AWS_IAM\n/);
    assert.equal((await post()).status, 403, options.join(" "));
  }
  assert.equal((await tepal("rollback", "iris")).status, 0);
  assert.equal((await post()).status, 403, "after a rollback");
  const moved = await deploy("--route", "/score");
  assert.equal(moved.status, 0, moved.err);
  assert.equal((await post(request, moved.out.trim())).status, 403, "at another route");

  const opened = await deploy("--remove-protection");
  assert.match(opened.err, /authorization AWS_IAM -> NONE/);
  assert.deepEqual(await post(request, url), { status: 200, body: "[2]" });
});

test("a redeploy keeps the API key requirement, resource policy and disabled default endpoint", async (t) => {
  const { deploy, post, gateway, stage, updateMethod, deployByHand } = await deployIris(t);
  const { restApiId } = stage;
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: "execute-api:Invoke" }],
  };
  await updateMethod(requireKey);
  await gateway.send(
    new UpdateRestApiCommand({
      restApiId,
      patchOperations: [
        { op: "replace", path: "/policy", value: JSON.stringify(policy) },
        { op: "replace", path: "/disableExecuteApiEndpoint", value: "true" },
      ],
    }),
  );
  await deployByHand();
  const before = await gateway.send(new GetRestApiCommand({ restApiId }));

  const { status, err } = await deploy("--cors", "https://example.com");

  assert.equal(status, 0, err);
  assert.match(
    err,
    /keeps authorization|keeps API key required, resource policy sha256:\w+, default endpoint disabled/,
  );
  assert.equal((await post()).status, 403);
  const after = await gateway.send(new GetRestApiCommand({ restApiId }));
  assert.deepEqual([after.policy, after.disableExecuteApiEndpoint], [before.policy, true]);
});

test("a redeploy restores an authorization that the stage serves and an interrupted import has dropped", async (t) => {
  const { deploy, post, updateMethod, deployByHand } = await deployIris(t);
  await updateMethod(requireIam);
  await deployByHand();
  await updateMethod({ ...requireIam, value: "NONE" });

  const { status, err } = await deploy("--cors", "*");

  assert.equal(status, 0, err);
  assert.equal((await post()).status, 403);
});

test("a redeploy keeps the settings of the stage, and moves the method's throttling to a new route", async (t) => {
  const { deploy, gateway, stage } = await deployIris(t);
  const patchOperations: PatchOperation[] = [
    { op: "replace", path: "/~1predict/POST/throttling/rateLimit", value: "10" },
    { op: "replace", path: "/~1predict/POST/throttling/burstLimit", value: "5" },
    { op: "replace", path: "/variables/owner", value: "marketing" },
  ];
  await gateway.send(new UpdateStageCommand({ ...stage, patchOperations }));

  const { status, err } = await deploy("--route", "/v2/score");

  assert.equal(status, 0, err);
  assert.match(err, /stage +prod, .*: updated .*; keeps throttling predict\/POST 10 requests\/s, burst 5\n/);
  const { methodSettings, variables } = await gateway.send(new GetStageCommand(stage));
  assert.deepEqual(variables, { alias: "prod", owner: "marketing" });
  assert.equal(methodSettings?.["v2/score/POST"]?.throttlingRateLimit, 10);
  assert.equal(methodSettings?.["v2/score/POST"]?.throttlingBurstLimit, 5);
});

test("a version that fails its check is not switched to", async (t) => {
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
  assert.equal((await deploy("--memory", "256")).status, 0, "the next deployment starts from there");
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
  // With the description of a deployment of Tepal, so that the API is taken for an intact one.
  await deployByHand(description);

  const failed = await deploy("--memory", "256");

  assert.equal(failed.status, 1);
  assert.match(failed.err, /returned 200 broken, expected \[\d\]\. The stage prod was switched back to version 1/);
  const [listed] = JSON.parse((await tepal("list", "--json")).out);
  assert.equal(listed.version, "1");
  assert.equal((await post()).body, "broken", "the stage is what it was before the deployment");
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
  test(`${name} get an HTTP error, and invoke ends with status 1`, async (t) => {
    const { tepal, post, url } = await deployIris(t, "--timeout", "29");

    const response = await post(body);

    assert.equal(response.status, status, response.body.slice(0, 200));
    assert.match(response.body, message);
    assert.match(url, /predict$/);
    const home = emptyHome(t);
    const invoked = await home.tepal(["invoke", "iris", "--port", new URL(url).port], body);
    assert.equal(invoked.status, 1);
    assert.match(invoked.err, message);
    assert.equal((await tepal("invoke", "iris", request)).status, 0);
  });
}

/** Rows whose probabilities are longer than the rows. */
function manyRows(count: number): string {
  return `{"method":"predict_proba","values":[${Array.from({ length: count }, () => "[5.9,3.0,5.1,2.3]").join()}]}`;
}
