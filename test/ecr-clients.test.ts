// ECR's API, tested with AWS's own clients.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as ecr from "@aws-sdk/client-ecr";
import { digestOf, ociConfigType, ociGzipLayerType, ociManifestType } from "../src/image/index.js";
import { awsCli, awsEnvironment } from "./support/aws-cli.js";
import { clientOf, startTestCloud } from "./support/cloud.js";
import { missing } from "./support/programs.js";
import { runWell } from "./support/run.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const manifestOf = (config: Uint8Array, layer: Uint8Array): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: ociManifestType,
    config: { mediaType: ociConfigType, digest: digestOf(config), size: config.length },
    layers: [{ mediaType: ociGzipLayerType, digest: digestOf(layer), size: layer.length }],
  });

test("the aws CLI manages repositories and shows ECR's errors", { skip: missing("aws") }, async (t) => {
  const cloud = await startTestCloud(t);
  const { aws, tryAws } = awsCli(cloud);

  const { repository } = (await aws(
    "ecr create-repository --repository-name team/iris --tags Key=owner,Value=botany --image-scanning-configuration scanOnPush=true",
  )) as { repository: { repositoryUri: string; repositoryArn: string; imageScanningConfiguration: object } };
  await aws("ecr put-image-tag-mutability --repository-name team/iris --image-tag-mutability IMMUTABLE");
  await aws(
    "ecr put-lifecycle-policy --repository-name team/iris --lifecycle-policy-text",
    `{"rules":[${" ".repeat(90)}]}`,
  );
  const tags = await aws("ecr list-tags-for-resource --resource-arn", repository.repositoryArn);
  const again = await tryAws("ecr create-repository --repository-name team/iris");
  const mutability = await aws(
    "ecr describe-repositories --repository-names team/iris --query repositories[0].imageTagMutability",
  );

  assert.equal(repository.repositoryUri, `localhost:${cloud.port}/team/iris`);
  assert.deepEqual(repository.imageScanningConfiguration, { scanOnPush: true });
  assert.deepEqual(tags, { tags: [{ Key: "owner", Value: "botany" }] });
  assert.equal(mutability, "IMMUTABLE");
  assert.match(
    again.stderr,
    /\(RepositoryAlreadyExistsException\) when calling the CreateRepository operation: The repository with name 'team\/iris' already exists in the registry with id '000000000000'/,
  );
  await aws("ecr delete-repository --repository-name team/iris --force");
  assert.deepEqual(await aws("ecr describe-repositories"), { repositories: [] });
});

test("the AWS SDK uploads a layer in parts and reads the image back", async (t) => {
  const cloud = await startTestCloud(t);
  const client = new ecr.ECRClient(clientOf(cloud));
  t.after(() => client.destroy());
  const repositoryName = "iris";
  await client.send(new ecr.CreateRepositoryCommand({ repositoryName }));
  const layer = randomBytes(6 * 1024 * 1024);
  const config = Buffer.from('{"architecture":"amd64","os":"linux"}');

  for (const blob of [config, layer]) {
    const { uploadId, partSize } = await client.send(new ecr.InitiateLayerUploadCommand({ repositoryName }));
    assert.ok(partSize! >= blob.length);
    const part = { partFirstByte: 0, partLastByte: blob.length - 1, layerPartBlob: blob };
    await client.send(new ecr.UploadLayerPartCommand({ repositoryName, uploadId, ...part }));
    const layerDigests = [digestOf(blob)];
    await client.send(new ecr.CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests }));
  }
  const imageManifest = manifestOf(config, layer);
  await client.send(new ecr.PutImageCommand({ repositoryName, imageManifest, imageTag: "v1" }));

  const { imageDetails } = await client.send(new ecr.DescribeImagesCommand({ repositoryName }));
  assert.equal(imageDetails?.[0]?.imageSizeInBytes, config.length + layer.length);
  const address = { repositoryName, layerDigest: digestOf(layer) };
  const { downloadUrl } = await client.send(new ecr.GetDownloadUrlForLayerCommand(address));
  const downloaded = await fetch(downloadUrl!);
  assert.equal(digestOf(new Uint8Array(await downloaded.arrayBuffer())), digestOf(layer));
  await assert.rejects(
    client.send(new ecr.PutImageCommand({ repositoryName, imageManifest, imageTag: "v1" })),
    (error: unknown) => error instanceof ecr.ImageAlreadyExistsException,
  );
});

test("boto3 pushes an image without a container tool and reads it back", {
  skip: missing("python3", "aws"),
}, async (t) => {
  const cloud = await startTestCloud(t);
  const script = join(temporaryDirectory(t), "push.py");
  writeFileSync(
    script,
    `
import boto3, hashlib, json, urllib.request
ecr = boto3.client("ecr")
ecr.create_repository(repositoryName="iris")
def upload(data):
    digest = "sha256:" + hashlib.sha256(data).hexdigest()
    upload = ecr.initiate_layer_upload(repositoryName="iris")
    ecr.upload_layer_part(repositoryName="iris", uploadId=upload["uploadId"], partFirstByte=0,
                          partLastByte=len(data) - 1, layerPartBlob=data)
    ecr.complete_layer_upload(repositoryName="iris", uploadId=upload["uploadId"], layerDigests=[digest])
    return {"digest": digest, "size": len(data)}
config = {"mediaType": "${ociConfigType}", **upload(b'{"os":"linux"}')}
layer = {"mediaType": "${ociGzipLayerType}", **upload(b"layer")}
manifest = {"schemaVersion": 2, "mediaType": "${ociManifestType}", "config": config, "layers": [layer]}
text = json.dumps(manifest)
for tag in ["v1", "v2", "v3"]:
    ecr.put_image(repositoryName="iris", imageManifest=text, imageTag=tag)
pages = ecr.get_paginator("list_images").paginate(repositoryName="iris", PaginationConfig={"PageSize": 2})
assert [len(page["imageIds"]) for page in pages] == [2, 1]
got = ecr.batch_get_image(repositoryName="iris", imageIds=[{"imageTag": "v2"}])["images"][0]
assert got["imageManifest"] == text
assert got["imageId"]["imageDigest"] == "sha256:" + hashlib.sha256(text.encode()).hexdigest()
url = ecr.get_download_url_for_layer(repositoryName="iris", layerDigest=layer["digest"])["downloadUrl"]
assert urllib.request.urlopen(url).read() == b"layer"
try:
    ecr.upload_layer_part(repositoryName="iris", uploadId="00000000-0000-4000-8000-000000000000",
                          partFirstByte=0, partLastByte=0, layerPartBlob=b"x")
except ecr.exceptions.UploadNotFoundException:
    print("done")
`,
  );

  assert.equal(await runWell("python3", [script], { env: awsEnvironment(cloud) }), "done");
});
