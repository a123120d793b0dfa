import type { Blob } from "../blob.js";
import type { Digest } from "../digest.js";
import { blobsOf, type Image } from "../image.js";
import { type OnProgress, reported } from "../on-progress.js";
import type { Repository } from "./repository.js";

interface Pushed {
  readonly digest: Digest;
  /** Of blobs and manifest, without HTTP headers. */
  readonly bytesSent: number;
  /** Of blobs that the registry had already. */
  readonly bytesPresent: number;
}

const blobsAtOnceMax = 4;

interface PushOptions {
  /** Called while blobs are sent. Until all are known, the total includes those that the registry might have. */
  readonly onProgress?: OnProgress;
}

/** Sends the blobs in parallel, then the manifest: a tag never names a blob that the repository does not have. */
export async function pushImage(
  image: Image,
  to: Repository,
  tag: string,
  { onProgress }: PushOptions = {},
): Promise<Pushed> {
  const blobs = [...new Map(blobsOf(image).map((blob) => [blob.digest, blob])).values()];
  const sent: Blob[] = [];
  const present: Blob[] = [];
  const positions = new Map<Blob, number>();
  const report = (blob: Blob, position: number) => {
    positions.set(blob, position);
    const done = [...positions.values()].reduce((sum, each) => sum + each, 0);
    onProgress?.({ done, total: sizeOf(blobs) - sizeOf(present) });
  };
  await inParallel(blobs, async (blob) => {
    if (await to.has(blob.digest)) {
      present.push(blob);
    } else {
      await to.upload(onProgress ? withReports(blob, (position) => report(blob, position)) : blob);
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

/** A blob that reports how far it has been read; an upload that resumes reads it again from a position. */
function withReports(blob: Blob, onBytes: (position: number) => void): Blob {
  return { ...blob, open: (start = 0) => reported(blob.open(start), onBytes, start) };
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
