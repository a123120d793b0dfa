// A redeploy to the local cloud keeps the authorization of its API.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deployIris, request } from "./support/deployed-iris.js";

const requireIam = { op: "replace", path: "/authorizationType", value: "AWS_IAM" } as const;

test("a redeploy and a rollback keep the AWS_IAM authorization that was added by hand", async (t) => {
  const { tepal, deploy, post, url, updateMethod, deployByHand } = await deployIris(t);
  await updateMethod(requireIam);
  await deployByHand();
  assert.equal((await post()).status, 403);

  const planned = await deploy("--plan", "--memory", "256");
  assert.match(planned.out, /keep API deployment POST \/predict: authorization AWS_IAM\n/);
  for (const options of [
    ["--memory", "256"],
    ["--cors", "*"],
  ]) {
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

test("a redeploy restores an authorization that the stage serves and an interrupted import has dropped", async (t) => {
  const { deploy, post, updateMethod, deployByHand } = await deployIris(t);
  await updateMethod(requireIam);
  await deployByHand();
  await updateMethod({ ...requireIam, value: "NONE" });

  const { status, err } = await deploy("--cors", "*");

  assert.equal(status, 0, err);
  assert.equal((await post()).status, 403);
});

test("the paths that describe an API are protected as its POST, and its OpenAPI document says how", async (t) => {
  const { tepal, deploy, url, updateMethod, deployByHand } = await deployIris(t);
  const statusesOf = () =>
    Promise.all(["/model", "/openapi.json"].map(async (path) => (await fetch(url.replace("/predict", path))).status));
  assert.deepEqual(await statusesOf(), [200, 200]);
  await updateMethod(requireIam);
  await deployByHand();

  const { status, err } = await deploy();

  assert.equal(status, 0, err);
  assert.deepEqual(await statusesOf(), [403, 403]);
  assert.match((await deploy()).err, /No changes \(/);
  const { out, err: openapiError } = await tepal("openapi", "iris");
  const document = JSON.parse(out || openapiError);
  assert.deepEqual(document.security, [{ sigv4: [] }]);
  assert.deepEqual(document.servers, [{ url: url.slice(0, -"/predict".length) }]);
  assert.ok(document.paths["/predict"].post);
});
