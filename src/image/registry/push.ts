import type { Blob } from "../blob.js";
import type { Digest } from "../digest.js";
import { blobsOf, type Image } from "../image.js";
import type { Repository } from "./repository.js";

export interface PushOptions {
  /** Digests that the repository is known not to have: their blobs are sent without asking first. */
  readonly isNew?: (digest: Digest) => boolean;
  /** A repository of the same registry that may have the blobs, to take them over without sending. */
  readonly mountFrom?: string;
  readonly progress?: (step: PushStep) => void;
}

export interface PushStep {
  readonly digest: Digest;
  readonly size: number;
  readonly state: "sending" | "sent" | "present" | "mounted";
  readonly sentBytes: number;
}

export interface Pushed {
  readonly digest: Digest;
  /** Of blobs and manifest, without HTTP around them. */
  readonly bytesSent: number;
  /** Of blobs that the registry had already. */
  readonly bytesPresent: number;
  readonly blobsSent: number;
  readonly blobsPresent: number;
}

const blobsAtOnceMax = 4;

/** Sends the blobs side by side, then the manifest: a tag never names a blob that is not there yet. */
export async function pushImage(image: Image, to: Repository, tag: string, options: PushOptions = {}): Promise<Pushed> {
  const blobs = [...new Map(blobsOf(image).map((blob) => [blob.digest, blob])).values()];
  // Those that have to be sent first, so that nothing waits for a question about another.
  const isNew = options.isNew ?? (() => false);
  blobs.sort((a, b) => Number(isNew(b.digest)) - Number(isNew(a.digest)));
  const sent: Blob[] = [];
  const present: Blob[] = [];
  await sideBySide(blobs, async (blob) => {
    ((await pushBlob(blob, to, options)) === "sent" ? sent : present).push(blob);
  });
  await to.putManifest(tag, image.manifest);
  return {
    digest: image.manifest.digest,
    bytesSent: sizeOf([...sent, image.manifest]),
    bytesPresent: sizeOf(present),
    blobsSent: sent.length,
    blobsPresent: present.length,
  };
}

/** Sends one blob, unless the repository or its neighbour has it: on a second deployment most layers are there. */
async function pushBlob(
  blob: Blob,
  to: Repository,
  { isNew, mountFrom, progress = () => {} }: PushOptions,
): Promise<"sent" | "present" | "mounted"> {
  const { digest, size } = blob;
  const report = (state: PushStep["state"], sentBytes: number) => progress({ digest, size, state, sentBytes });
  if (!isNew?.(digest)) {
    if (await to.has(digest)) {
      report("present", 0);
      return "present";
    }
    if (mountFrom !== undefined && (await to.mount(digest, mountFrom))) {
      report("mounted", 0);
      return "mounted";
    }
  }
  await to.upload(blob, (sentBytes) => report("sending", sentBytes));
  report("sent", size);
  return "sent";
}

async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  try {
    await Promise.all(Array.from({ length: blobsAtOnceMax }, worker));
  } finally {
    // After a failure nothing more is begun.
    waiting.length = 0;
  }
}

function sizeOf(blobs: readonly Blob[]): number {
  return blobs.reduce((sum, { size }) => sum + size, 0);
}
