import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryDirectory } from "../../../../test/support/temporary-directory.js";
import { digestOf } from "../../../image/index.js";
import type { ResolvedImage } from "../../service-interfaces.js";
import { RootTrees } from "./root-trees.js";

function imageOf(layers: ResolvedImage["layers"]): ResolvedImage {
  return { resolvedImageUri: "localhost/r@sha256:0", digest: "sha256:0", config: Buffer.from("{}"), layers };
}

test("unpacks an image without layers to an empty root with mount points", async (t) => {
  const root = await new RootTrees(temporaryDirectory(t)).prepare(imageOf([]));

  assert.deepEqual(readdirSync(root).sort(), ["dev", "etc", "proc", "tmp"]);
});

test("leaves nothing behind when a layer cannot be unpacked", async (t) => {
  const dir = temporaryDirectory(t);
  const path = join(temporaryDirectory(t), "layer");
  const bytes = Buffer.alloc(2048, "no tar");
  writeFileSync(path, bytes);
  const layer = {
    digest: String(digestOf(bytes)),
    mediaType: "application/vnd.oci.image.layer.v1.tar",
    size: bytes.length,
    path,
  };

  await assert.rejects(new RootTrees(dir).prepare(imageOf([layer])), /tar header/);

  assert.deepEqual(readdirSync(dir), []);
});
