import assert from "node:assert/strict";
import { test } from "node:test";
import { call, pushTinyImage, startEcr } from "../../../../test/support/ecr.js";

test("creates, describes and deletes a repository", async (t) => {
  const { send } = startEcr(t);

  const { repository } = await send("CreateRepository", {
    repositoryName: "team/iris",
    tags: [{ Key: "a", Value: "1" }],
  });

  assert.deepEqual(repository, {
    repositoryArn: "arn:aws:ecr:us-east-1:000000000000:repository/team/iris",
    registryId: "000000000000",
    repositoryName: "team/iris",
    repositoryUri: "localhost:4566/team/iris",
    createdAt: new Date("2026-01-01T00:00:00Z"),
    imageTagMutability: "MUTABLE",
    imageScanningConfiguration: { scanOnPush: false },
    encryptionConfiguration: { encryptionType: "AES256" },
  });
  assert.deepEqual(await send("DescribeRepositories", { repositoryNames: ["team/iris"] }), {
    repositories: [repository],
  });
  await send("DeleteRepository", { repositoryName: "team/iris" });
  assert.deepEqual((await send("DescribeRepositories", {})).repositories, []);
});

test("lists repositories in pages, in the order of their names", async (t) => {
  const { send } = startEcr(t);
  for (const repositoryName of ["cc", "aa", "dd", "bb"]) await send("CreateRepository", { repositoryName });

  const first = await send("DescribeRepositories", { maxResults: 3 });
  const second = await send("DescribeRepositories", { maxResults: 3, nextToken: first.nextToken });

  assert.deepEqual(
    first.repositories?.map((item) => item.repositoryName),
    ["aa", "bb", "cc"],
  );
  assert.deepEqual(
    second.repositories?.map((item) => item.repositoryName),
    ["dd"],
  );
  assert.equal(second.nextToken, undefined);
});

test("separates the repositories of accounts and regions", async (t) => {
  const { send } = startEcr(t);
  await send("CreateRepository", { repositoryName: "iris" });

  for (const elsewhere of [
    { ...call, region: "eu-west-1" },
    { ...call, account: "111111111111" },
  ]) {
    assert.deepEqual((await send("DescribeRepositories", {}, elsewhere)).repositories, []);
    await assert.rejects(send("ListImages", { repositoryName: "iris" }, elsewhere), {
      code: "RepositoryNotFoundException",
    });
  }
});

for (const [name, operation, input, code, message] of [
  [
    "a repository that exists",
    "CreateRepository",
    { repositoryName: "iris" },
    "RepositoryAlreadyExistsException",
    "The repository with name 'iris' already exists in the registry with id '000000000000'",
  ],
  [
    "an invalid name",
    "CreateRepository",
    { repositoryName: "Iris" },
    "InvalidParameterException",
    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*''",
  ],
  [
    "a repository that does not exist",
    "DescribeRepositories",
    { repositoryNames: ["none"] },
    "RepositoryNotFoundException",
    "The repository with name 'none' does not exist in the registry with id '000000000000'",
  ],
  [
    "another account's registry",
    "ListImages",
    { registryId: "111111111111", repositoryName: "iris" },
    "RepositoryNotFoundException",
    "The repository with name 'iris' does not exist in the registry with id '111111111111'",
  ],
  [
    "a repository with images",
    "DeleteRepository",
    { repositoryName: "full" },
    "RepositoryNotEmptyException",
    "The repository with name 'full' in registry with id '000000000000' cannot be deleted because it still contains images",
  ],
  [
    "a page that is too large",
    "DescribeRepositories",
    { maxResults: 1001 },
    "InvalidParameterException",
    "Invalid parameter at 'maxResults' failed to satisfy constraint: 'must be between 1 and 1000, found 1001'",
  ],
  [
    "filters with a setting that has none",
    "PutImageTagMutability",
    {
      repositoryName: "iris",
      imageTagMutability: "MUTABLE",
      imageTagMutabilityExclusionFilters: [{ filterType: "WILDCARD", filter: "v*" }],
    },
    "InvalidParameterException",
    "Invalid parameter at 'imageTagMutabilityExclusionFilters' failed to satisfy constraint: 'must be empty with MUTABLE'",
  ],
  [
    "a policy that is not JSON",
    "SetRepositoryPolicy",
    { repositoryName: "iris", policyText: "{" },
    "InvalidParameterException",
    "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid JSON syntax'",
  ],
  [
    "a policy that does not exist",
    "GetRepositoryPolicy",
    { repositoryName: "iris" },
    "RepositoryPolicyNotFoundException",
    "Repository policy does not exist for the repository with name 'iris' in the registry with id '000000000000'",
  ],
  [
    "a lifecycle policy that does not exist",
    "GetLifecyclePolicy",
    { repositoryName: "iris" },
    "LifecyclePolicyNotFoundException",
    "Lifecycle policy does not exist for the repository with name 'iris' in the registry with id '000000000000'",
  ],
  [
    "an image that does not exist",
    "DescribeImageScanFindings",
    { repositoryName: "full", imageId: { imageTag: "v9" } },
    "ImageNotFoundException",
    "The image with imageId {imageDigest:'null', imageTag:'v9'} does not exist within the repository with name 'full' in the registry with id '000000000000'",
  ],
  [
    "an image that was not scanned",
    "DescribeImageScanFindings",
    { repositoryName: "full", imageId: { imageTag: "v1" } },
    "ScanNotFoundException",
    /^Image scan does not exist for the image with '\{imageDigest:'sha256:[0-9a-f]{64}', imageTag:'v1'\}' in the repository/,
  ],
  [
    "the policy of a registry",
    "GetRegistryPolicy",
    {},
    "RegistryPolicyNotFoundException",
    "Registry policy does not exist in the registry with id '000000000000'",
  ],
  [
    "an ARN of another service",
    "ListTagsForResource",
    { resourceArn: "arn:aws:lambda:us-east-1:000000000000:function:iris" },
    "InvalidParameterException",
    "Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'",
  ],
  [
    "a tag key with AWS's prefix",
    "TagResource",
    { resourceArn: "arn:aws:ecr:us-east-1:000000000000:repository/iris", tags: [{ Key: "aws:a", Value: "b" }] },
    "InvalidTagParameterException",
    "Invalid tag key 'aws:a'",
  ],
] as const) {
  test(`${operation} rejects ${name}`, async (t) => {
    const ecr = startEcr(t);
    await ecr.send("CreateRepository", { repositoryName: "iris" });
    await ecr.send("CreateRepository", { repositoryName: "full" });
    await pushTinyImage(ecr, "full", "v1");

    await assert.rejects(async () => ecr.send(operation, structuredClone(input) as never), {
      code,
      message,
      status: 400,
    });
  });
}

test("stores policies and tags of a repository until they are deleted", async (t) => {
  const { send } = startEcr(t);
  const { repository } = await send("CreateRepository", { repositoryName: "iris", tags: [{ Key: "a", Value: "1" }] });
  const resourceArn = repository!.repositoryArn!;
  const named = { registryId: "000000000000", repositoryName: "iris" };

  await send("SetRepositoryPolicy", { repositoryName: "iris", policyText: '{"Version":"2012-10-17"}' });
  await send("PutLifecyclePolicy", { repositoryName: "iris", lifecyclePolicyText: '{"rules":[]}' });
  await send("TagResource", { resourceArn, tags: [{ Key: "b", Value: "2" }] });
  await send("UntagResource", { resourceArn, tagKeys: ["a"] });

  assert.deepEqual(await send("GetRepositoryPolicy", { repositoryName: "iris" }), {
    ...named,
    policyText: '{"Version":"2012-10-17"}',
  });
  assert.equal((await send("GetLifecyclePolicy", { repositoryName: "iris" })).lifecyclePolicyText, '{"rules":[]}');
  assert.deepEqual((await send("ListTagsForResource", { resourceArn })).tags, [{ Key: "b", Value: "2" }]);
  await send("DeleteRepositoryPolicy", { repositoryName: "iris" });
  await send("DeleteLifecyclePolicy", { repositoryName: "iris" });
  await assert.rejects(send("GetRepositoryPolicy", { repositoryName: "iris" }));
  await assert.rejects(send("GetLifecyclePolicy", { repositoryName: "iris" }));
});

for (const [setting, filters, tag, moves] of [
  ["MUTABLE", [], "v1", true],
  ["IMMUTABLE", [], "v1", false],
  ["MUTABLE_WITH_EXCLUSION", ["v*"], "v1", false],
  ["MUTABLE_WITH_EXCLUSION", ["v*"], "latest", true],
  ["IMMUTABLE_WITH_EXCLUSION", ["dev-*-x"], "dev-1-x", true],
  ["IMMUTABLE_WITH_EXCLUSION", ["dev-*-x"], "dev-x", false],
] as const) {
  test(`${setting} ${filters} ${moves ? "allows" : "forbids"} moving the tag ${tag}`, async (t) => {
    const ecr = startEcr(t);
    await ecr.send("CreateRepository", {
      repositoryName: "iris",
      imageTagMutability: setting,
      imageTagMutabilityExclusionFilters: filters.map((filter) => ({ filterType: "WILDCARD" as const, filter })),
    });
    await pushTinyImage(ecr, "iris", tag, "one");

    const { response } = await pushTinyImage(ecr, "iris", tag, "two");

    assert.deepEqual([response.status, response.code], moves ? [201, undefined] : [400, "TAG_INVALID"]);
  });
}
