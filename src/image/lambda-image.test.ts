import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesBlob } from "./blob.js";
import type { RunConfig } from "./documents.js";
import { imageOf } from "./image.js";
import { checkLambdaImage } from "./lambda-image.js";

const runnable = { Entrypoint: ["/lambda-entrypoint.sh"], Cmd: ["app.handler"] };

function imageWith(config: RunConfig, { os = "linux", architecture = "amd64", mediaTypes = [] as string[] } = {}) {
  const layers = mediaTypes.map((mediaType) => bytesBlob(Buffer.from("x"), mediaType));
  return imageOf({ os, architecture, config, diffIds: [], history: [] }, layers);
}

test("accepts an image with an entry point or a command, for both architectures", async () => {
  await checkLambdaImage(imageWith(runnable, { architecture: "arm64" }), "fn");
  await checkLambdaImage(imageWith({ Cmd: ["/bootstrap"] }), "fn");
});

for (const [name, image, code, message] of [
  ["another system", imageWith(runnable, { os: "windows" }), "image-platform", /fn is for windows\/amd64/],
  ["another architecture", imageWith(runnable, { architecture: "s390x" }), "image-platform", /fn is for linux\/s390x/],
  ["nothing to start", imageWith({}), "image-not-runnable", /neither an entry point nor a command/],
  [
    "zstd layers",
    imageWith(runnable, { mediaTypes: ["application/vnd.oci.image.layer.v1.tar+zstd"] }),
    "image-not-runnable",
    /zstd/,
  ],
] as const) {
  test(`rejects an image with ${name}`, async () => {
    await assert.rejects(checkLambdaImage(image, "fn"), { code, message });
  });
}
