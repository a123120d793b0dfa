import type { Blob } from "../blob.js";
import { withRetry } from "./retry.js";
import type { Session } from "./session.js";

interface UploadTarget {
  readonly session: Session;
  readonly scopes: readonly string[];
  /** `/v2/<name>/blobs/uploads/` */
  readonly url: URL;
}

/**
 * Smaller blobs are sent in one request after the one that opens the upload: sending them again costs less than
 * resuming.
 */
const singleRequestBytesMax = 1 << 20;
const octets = { "content-type": "application/octet-stream" };

/**
 * Sends a blob. After a broken connection, a large one resumes where it stopped.
 * @throws ImageError "registry-..."; errors of reading the blob
 */
export async function uploadBlob(blob: Blob, target: UploadTarget): Promise<void> {
  await waitForBytes(blob);
  if (blob.size <= singleRequestBytesMax) await withRetry(target.session.sleep, () => sendWhole(blob, target));
  else await new ResumableUpload(blob, target).run();
}

/**
 * The first read of another registry's blob downloads it whole; no request to this registry should stay open meanwhile.
 */
async function waitForBytes(blob: Blob): Promise<void> {
  for await (const _ of blob.open()) return;
}

async function sendWhole(blob: Blob, { session, scopes, url }: UploadTarget): Promise<void> {
  const location = await openUpload({ session, scopes, url });
  const body = { size: blob.size, open: () => blob.open() };
  const request = { method: "PUT", url: withDigest(location, blob), headers: octets, body, expected: [201] } as const;
  await session.sendOnce(request, scopes);
}

async function openUpload({ session, scopes, url }: UploadTarget): Promise<URL> {
  const response = await session.sendOnce({ method: "POST", url, expected: [202] }, scopes);
  return session.resolve(response.header("location") ?? "", response.url);
}

class ResumableUpload {
  readonly #blob: Blob;
  readonly #target: UploadTarget;
  /** Where the upload continues; undefined: it must be opened. */
  #location: URL | undefined;
  /** Bytes that the registry has confirmed. */
  #confirmed = 0;
  #furthest = 0;
  #interrupted = false;

  constructor(blob: Blob, target: UploadTarget) {
    this.#blob = blob;
    this.#target = target;
  }

  async run(): Promise<void> {
    const { sleep } = this.#target.session;
    await withRetry(
      sleep,
      () => this.#attempt(),
      () => this.#hasProgressed(),
    );
  }

  async #attempt(): Promise<void> {
    const { session, scopes } = this.#target;
    if (this.#interrupted) await this.#readConfirmed();
    this.#interrupted = true;
    this.#location ??= await openUpload(this.#target);
    if (this.#confirmed < this.#blob.size) await this.#sendRest(this.#location);
    const request = {
      method: "PUT",
      url: withDigest(this.#location, this.#blob),
      headers: octets,
      expected: [201],
    } as const;
    await session.sendOnce(request, scopes);
  }

  async #sendRest(location: URL): Promise<void> {
    const { session, scopes } = this.#target;
    const start = this.#confirmed;
    const { size } = this.#blob;
    // Like container engines, no range in the first request: some registries reject one there.
    const range: Record<string, string> = start > 0 ? { "content-range": `${start}-${size - 1}` } : {};
    const body = { size: size - start, open: () => this.#blob.open(start) };
    const request = {
      method: "PATCH",
      url: location,
      headers: { ...octets, ...range },
      body,
      expected: [202],
    } as const;
    const response = await session.sendOnce(request, scopes);
    this.#location = session.resolve(response.header("location") ?? location.href, response.url);
    this.#confirmed = size;
  }

  /** Gets how many bytes arrived. If the registry does not say, the upload starts again. */
  async #readConfirmed(): Promise<void> {
    const { session, scopes } = this.#target;
    const location = this.#location;
    this.#location = undefined;
    this.#confirmed = 0;
    if (!location) return;
    const notResumable = [400, 404, 405, 410, 416, 499, 500];
    const response = await session.sendOnce({ method: "GET", url: location, expected: [204, ...notResumable] }, scopes);
    const last = /^(?:bytes=)?0-(\d+)$/.exec(response.header("range") ?? "")?.[1];
    // "0-0" is one byte, and also what registries return when nothing has arrived.
    if (response.status !== 204 || last === undefined || last === "0" || Number(last) >= this.#blob.size) return;
    this.#location = session.resolve(response.header("location") ?? location.href, response.url);
    this.#confirmed = Number(last) + 1;
  }

  #hasProgressed(): boolean {
    const further = this.#confirmed > this.#furthest;
    this.#furthest = Math.max(this.#furthest, this.#confirmed);
    return further;
  }
}

/** The URL that completes an upload; it may already have a query. */
function withDigest(location: URL, { digest }: Blob): URL {
  return new URL(`${location.search}${location.search ? "&" : "?"}digest=${encodeURIComponent(digest)}`, location);
}
