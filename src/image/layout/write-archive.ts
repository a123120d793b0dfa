import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { type Blob, bytesBlob } from "../blob.js";
import { encodeDocument } from "../documents.js";
import { blobsOf, configOf, type Image } from "../image.js";
import { familiarName, type Reference } from "../reference.js";
import { tarEnd, tarHeader, tarPadding } from "../tar/write-tar.js";
import { blobPathOf, encodeIndex, indexEntryOf, indexFile, layoutDocument, layoutFile } from "./oci-layout.js";

/**
 * Writes a tar file that is both an OCI archive and a Docker archive, as `docker save` does since version 25: `docker
 * load`, `podman load` and `skopeo copy oci-archive:` or `docker-archive:` read it. The same image and name give the
 * same bytes.
 */
export async function writeArchive(image: Image, path: string, name: Reference): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await pipeline(archiveOf(image, name), createWriteStream(partial));
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

async function* archiveOf(image: Image, name: Reference): AsyncGenerator<Uint8Array> {
  const document = (path: string, bytes: Uint8Array) => ({ path, blob: bytesBlob(bytes, "") });
  const docker = [
    {
      Config: blobPathOf(image.config.digest),
      RepoTags: [familiarName(name)],
      Layers: image.layers.map(({ digest }) => blobPathOf(digest)),
    },
  ];
  const blobs = new Map([...blobsOf(image), image.manifest].map((blob) => [blobPathOf(blob.digest), blob]));
  const files: readonly { readonly path: string; readonly blob: Blob }[] = [
    document(layoutFile, layoutDocument),
    document(indexFile, encodeIndex([indexEntryOf(image, await configOf(image), name)])),
    document("manifest.json", encodeDocument(docker)),
    ...[...blobs].map(([path, blob]) => ({ path, blob })),
  ];
  for (const { path, blob } of files) {
    yield tarHeader({ type: "file", path, mode: 0o644, size: blob.size });
    yield* blob.open();
    yield tarPadding(blob.size);
  }
  yield tarEnd;
}
