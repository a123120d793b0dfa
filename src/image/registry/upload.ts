import type { Blob } from "../blob.js";
import { withRetry } from "./retry.js";
import type { Session } from "./session.js";

/** Called with the bytes sent so far; they can go down when the registry lost some. */
export type UploadProgress = (sentBytes: number) => void;

export interface UploadTarget {
  readonly session: Session;
  readonly scopes: readonly string[];
  /** `/v2/<name>/blobs/uploads/` */
  readonly url: URL;
}

/** Up to here a blob goes in one request after the opening one; if that breaks, sending it again costs less than asking what arrived. */
const singleRequestBytesMax = 1 << 20;
const octets = { "content-type": "application/octet-stream" };

/**
 * Sends a blob. A large one is streamed, and goes on where it stopped after the connection broke.
 * @throws ImageError "registry-..."; errors of reading the blob
 */
export async function uploadBlob(blob: Blob, target: UploadTarget, progress: UploadProgress): Promise<void> {
  await waitForBytes(blob);
  if (blob.size <= singleRequestBytesMax) await withRetry(target.session.sleep, () => sendWhole(blob, target));
  else await new ResumableUpload(blob, target, progress).run();
  progress(blob.size);
}

/** A blob of another registry is fetched whole when it is first read, for which no request to this one should be kept open. */
async function waitForBytes(blob: Blob): Promise<void> {
  for await (const _ of blob.open()) return;
}

async function sendWhole(blob: Blob, { session, scopes, url }: UploadTarget): Promise<void> {
  const place = await openUpload({ session, scopes, url });
  const body = { size: blob.size, open: () => blob.open() };
  const request = { method: "PUT", url: withDigest(place, blob), headers: octets, body, expected: [201] } as const;
  await session.sendOnce(request, scopes);
}

async function openUpload({ session, scopes, url }: UploadTarget): Promise<URL> {
  const answer = await session.sendOnce({ method: "POST", url, expected: [202] }, scopes);
  return session.resolve(answer.header("location") ?? "", answer.url);
}

class ResumableUpload {
  readonly #blob: Blob;
  readonly #target: UploadTarget;
  readonly #progress: UploadProgress;
  /** Where the upload goes on; undefined when one has to be opened. */
  #place: URL | undefined;
  /** Bytes that the registry has confirmed. */
  #confirmed = 0;
  #furthest = 0;
  #interrupted = false;

  constructor(blob: Blob, target: UploadTarget, progress: UploadProgress) {
    this.#blob = blob;
    this.#target = target;
    this.#progress = progress;
  }

  async run(): Promise<void> {
    const { sleep } = this.#target.session;
    await withRetry(
      sleep,
      () => this.#attempt(),
      () => this.#gotFurther(),
    );
  }

  async #attempt(): Promise<void> {
    const { session, scopes } = this.#target;
    if (this.#interrupted) await this.#askWhatArrived();
    this.#interrupted = true;
    this.#place ??= await openUpload(this.#target);
    if (this.#confirmed < this.#blob.size) await this.#sendRest(this.#place);
    const request = {
      method: "PUT",
      url: withDigest(this.#place, this.#blob),
      headers: octets,
      expected: [201],
    } as const;
    await session.sendOnce(request, scopes);
  }

  async #sendRest(place: URL): Promise<void> {
    const { session, scopes } = this.#target;
    const start = this.#confirmed;
    const { size } = this.#blob;
    // As container engines do, the first request has no range: not every registry takes one there.
    const range: Record<string, string> = start > 0 ? { "content-range": `${start}-${size - 1}` } : {};
    const body = { size: size - start, open: () => counted(this.#blob.open(start), start, this.#progress) };
    const request = { method: "PATCH", url: place, headers: { ...octets, ...range }, body, expected: [202] } as const;
    const answer = await session.sendOnce(request, scopes);
    this.#place = session.resolve(answer.header("location") ?? place.href, answer.url);
    this.#confirmed = size;
  }

  /** A registry that does not know the upload any more, or does not say, is sent the blob from its start. */
  async #askWhatArrived(): Promise<void> {
    const { session, scopes } = this.#target;
    const place = this.#place;
    this.#place = undefined;
    this.#confirmed = 0;
    if (!place) return;
    const notResumable = [400, 404, 405, 410, 416, 499, 500];
    const answer = await session.sendOnce({ method: "GET", url: place, expected: [204, ...notResumable] }, scopes);
    const last = /^(?:bytes=)?0-(\d+)$/.exec(answer.header("range") ?? "")?.[1];
    // "0-0" is one byte, and also what registries answer when nothing has arrived.
    if (answer.status !== 204 || last === undefined || last === "0" || Number(last) >= this.#blob.size) return;
    this.#place = session.resolve(answer.header("location") ?? place.href, answer.url);
    this.#confirmed = Number(last) + 1;
  }

  #gotFurther(): boolean {
    const further = this.#confirmed > this.#furthest;
    this.#furthest = Math.max(this.#furthest, this.#confirmed);
    return further;
  }
}

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  start: number,
  progress: UploadProgress,
): AsyncGenerator<Uint8Array> {
  let sent = start;
  for await (const chunk of bytes) {
    yield chunk;
    sent += chunk.length;
    progress(sent);
  }
}

/** The address that closes an upload; it may have a query of its own. */
function withDigest(place: URL, { digest }: Blob): URL {
  return new URL(`${place.search}${place.search ? "&" : "?"}digest=${encodeURIComponent(digest)}`, place);
}
