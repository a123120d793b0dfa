// A model that is deployed to a local cloud, with the client of its API: for tests of redeploys.

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  GetResourcesCommand,
  type PatchOperation,
  UpdateMethodCommand,
} from "@aws-sdk/client-api-gateway";
import { projectPath } from "./project.js";
import { emptyHome, freePort } from "./tepal.js";

const iris = projectPath("examples/iris/iris_model.sav");
export const request = '{"values":[[5.9,3.0,5.1,2.3]]}';

/** A deployed iris model, the API's client, and what its owner does by hand. */
export async function deployIris(t: TestContext, ...firstOptions: string[]) {
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
