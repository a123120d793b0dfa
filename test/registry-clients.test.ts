// The registry, tested with the tools that users push with.

import assert from "node:assert/strict";
import { test } from "node:test";
import { awsCli } from "./support/aws-cli.js";
import { startTestCloud } from "./support/cloud.js";
import { buildContext, containerTools } from "./support/container-tools.js";
import { missing } from "./support/programs.js";
import { run } from "./support/run.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const insecure = "--tls-verify=false";

test("skopeo logs in with the ECR token, copies images in and out in both formats, and deletes them", {
  skip: missing("aws", "skopeo", "buildah"),
}, async (t) => {
  const cloud = await startTestCloud(t);
  const { aws } = awsCli(cloud);
  const tools = containerTools(t);
  const { skopeo, buildah } = tools;
  const host = `localhost:${cloud.port}`;
  await aws("ecr create-repository --repository-name iris");
  await buildah(["build", "--tag", "tiny", buildContext(tools, "context", "hello")]);
  await buildah(["push", "tiny", `oci:${tools.folder}/layout:v1`]);

  const password = String(await aws("ecr get-login-password"));
  await skopeo(["login", insecure, "--username", "AWS", "--password-stdin", host], password);
  await skopeo(["copy", "--dest-tls-verify=false", `oci:${tools.folder}/layout:v1`, `docker://${host}/iris:v1`]);
  await skopeo([
    "copy",
    "--dest-tls-verify=false",
    "--format=v2s2",
    `oci:${tools.folder}/layout:v1`,
    `docker://${host}/iris:docker`,
  ]);

  const listed = JSON.parse(await skopeo(["list-tags", insecure, `docker://${host}/iris`])) as { Tags: string[] };
  assert.deepEqual(listed.Tags, ["docker", "v1"]);
  for (const tag of listed.Tags) {
    // skopeo verifies every digest that it reads.
    await skopeo(["copy", "--src-tls-verify=false", `docker://${host}/iris:${tag}`, `dir:${tools.folder}/${tag}`]);
  }
  const { imageDetails } = (await aws("ecr describe-images --repository-name iris --image-ids imageTag=v1")) as {
    imageDetails: { imageDigest: string; imageManifestMediaType: string }[];
  };
  const inspected = JSON.parse(await skopeo(["inspect", insecure, `docker://${host}/iris:v1`])) as { Digest: string };
  assert.equal(imageDetails[0]?.imageDigest, inspected.Digest);
  assert.equal(imageDetails[0]?.imageManifestMediaType, "application/vnd.oci.image.manifest.v1+json");

  await skopeo(["delete", insecure, `docker://${host}/iris:docker`]);
  const left = (await aws("ecr list-images --repository-name iris")) as { imageIds: object[] };
  assert.deepEqual(left.imageIds, [{ imageDigest: inspected.Digest, imageTag: "v1" }]);
});

test("skopeo shows the registry's errors", { skip: missing("aws", "skopeo", "buildah") }, async (t) => {
  const cloud = await startTestCloud(t);
  const { aws } = awsCli(cloud);
  const tools = containerTools(t);
  const { skopeo, trySkopeo, buildah } = tools;
  const host = `localhost:${cloud.port}`;
  const layout = `oci:${tools.folder}/layout`;
  for (const [tag, text] of [
    ["v1", "one"],
    ["v2", "two"],
  ] as const) {
    await buildah(["build", "--tag", tag, buildContext(tools, tag, text)]);
    await buildah(["push", tag, `${layout}:${tag}`]);
  }
  const push = (from: string, to: string) =>
    trySkopeo(["copy", "--retry-times=0", "--dest-tls-verify=false", `${layout}:${from}`, `docker://${host}/${to}`]);
  await aws("ecr create-repository --repository-name fixed --image-tag-mutability IMMUTABLE");

  const wrong = await trySkopeo(["login", insecure, "--username", "AWS", "--password", "guess", host]);
  const anonymous = await push("v1", "fixed:v1");
  await skopeo(["login", insecure, "-u", "AWS", "--password-stdin", host], String(await aws("ecr get-login-password")));
  const unknown = await push("v1", "none:v1");
  const first = await push("v1", "fixed:v1");
  const moved = await push("v2", "fixed:v1");

  assert.match(wrong.stderr, /invalid username\/password/);
  assert.match(anonymous.stderr, /authentication required|no basic auth credentials/);
  assert.match(unknown.stderr, /name unknown: The repository with name 'none' does not exist in the registry/);
  assert.equal(first.status, 0, first.stderr);
  assert.match(moved.stderr, /tag invalid: The image tag 'v1' already exists in the 'fixed' repository/);
});

test("podman builds, pushes and pulls, and uploads no layer twice", {
  skip: missing("aws", "podman", "runc"),
}, async (t) => {
  const cloud = await startTestCloud(t);
  const { aws } = awsCli(cloud);
  const tools = containerTools(t);
  const { podman } = tools;
  const image = `localhost:${cloud.port}/team/iris`;
  await aws("ecr create-repository --repository-name team/iris");

  const password = String(await aws("ecr get-login-password"));
  await podman(["login", insecure, "--username", "AWS", "--password-stdin", `localhost:${cloud.port}`], password);
  await podman(["build", "--tag", `${image}:v1`, buildContext(tools, "context", "hello")]);
  await podman(["push", insecure, `${image}:v1`]);
  await podman(["tag", `${image}:v1`, `${image}:v2`]);
  await podman(["push", insecure, `${image}:v2`]);
  await podman(["rmi", "--force", `${image}:v1`, `${image}:v2`]);
  await podman(["pull", insecure, `${image}:v2`]);

  const environment = await podman(["image", "inspect", "--format", "{{.Config.Env}}", `${image}:v2`]);
  assert.match(environment, /GREETING=hello/);
  const { imageDetails } = (await aws("ecr describe-images --repository-name team/iris")) as {
    imageDetails: { imageTags: string[] }[];
  };
  assert.deepEqual(
    imageDetails.map(({ imageTags }) => imageTags),
    [["v1", "v2"]],
  );
});

test("buildah pushes a manifest list and pulls its image", { skip: missing("aws", "buildah") }, async (t) => {
  const cloud = await startTestCloud(t);
  const { aws } = awsCli(cloud);
  const tools = containerTools(t);
  const { buildah } = tools;
  const image = `localhost:${cloud.port}/iris`;
  await aws("ecr create-repository --repository-name iris");
  const password = String(await aws("ecr get-login-password"));
  await buildah(["login", insecure, "-u", "AWS", "--password-stdin", `localhost:${cloud.port}`], password);

  await buildah(["build", "--manifest", "all", buildContext(tools, "context", "hello")]);
  await buildah(["manifest", "push", "--all", insecure, "all", `docker://${image}:all`]);
  await buildah(["rmi", "--all", "--force"]);
  await buildah(["pull", insecure, `${image}:all`]);

  const { imageDetails } = (await aws("ecr describe-images --repository-name iris --filter tagStatus=TAGGED")) as {
    imageDetails: { imageManifestMediaType: string }[];
  };
  assert.match(imageDetails[0]?.imageManifestMediaType ?? "", /image\.index\.v1|manifest\.list\.v2/);
});

test("docker logs in with the ECR token and with no other password", {
  skip: missing("aws", "docker"),
}, async (t) => {
  const cloud = await startTestCloud(t);
  const { aws } = awsCli(cloud);
  const env = { DOCKER_CONFIG: temporaryDirectory(t), DOCKER_HOST: "unix:///nowhere" };
  const login = (password: string) =>
    run("docker", ["login", "--username", "AWS", "--password-stdin", `localhost:${cloud.port}`], {
      env,
      input: password,
    });

  const right = await login(String(await aws("ecr get-login-password")));
  const wrong = await login("guess");

  assert.match(right.stdout, /Login Succeeded/);
  assert.deepEqual([right.status, wrong.status], [0, 1]);
});
