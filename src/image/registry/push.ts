import type { Blob } from "../blob.js";
import type { Digest } from "../digest.js";
import { blobsOf, type Image } from "../image.js";
import type { Repository } from "./repository.js";

interface Pushed {
  readonly digest: Digest;
  /** Of blobs and manifest, without HTTP headers. */
  readonly bytesSent: number;
  /** Of blobs that the registry had already. */
  readonly bytesPresent: number;
}

const blobsAtOnceMax = 4;

/** Sends the blobs in parallel, then the manifest: a tag never names a blob that the repository does not have. */
export async function pushImage(image: Image, to: Repository, tag: string): Promise<Pushed> {
  const blobs = [...new Map(blobsOf(image).map((blob) => [blob.digest, blob])).values()];
  const sent: Blob[] = [];
  const present: Blob[] = [];
  await inParallel(blobs, async (blob) => {
    if (await to.has(blob.digest)) {
      present.push(blob);
    } else {
      await to.upload(blob);
      sent.push(blob);
    }
  });
  await to.putManifest(tag, image.manifest);
  return {
    digest: image.manifest.digest,
    bytesSent: sizeOf([...sent, image.manifest]),
    bytesPresent: sizeOf(present),
  };
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  try {
    await Promise.all(Array.from({ length: blobsAtOnceMax }, worker));
  } finally {
    // After a failure the other workers start nothing more.
    waiting.length = 0;
  }
}

function sizeOf(blobs: readonly Blob[]): number {
  return blobs.reduce((sum, { size }) => sum + size, 0);
}
