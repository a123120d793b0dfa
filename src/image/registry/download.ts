import { RetryPolicy } from "./retry.js";
import type { Session } from "./session.js";

/** Downloads a URL. After a broken connection it resumes where it stopped. */
export async function* download(session: Session, url: URL, scopes: readonly string[]): AsyncGenerator<Uint8Array> {
  const retryPolicy = new RetryPolicy(session.sleep);
  for (let received = 0; ; ) {
    const before = received;
    const headers: Record<string, string> = received > 0 ? { range: `bytes=${received}-` } : {};
    try {
      const response = await session.open(
        { method: "GET", url, headers, expected: received > 0 ? [200, 206] : [200] },
        scopes,
      );
      // A registry that ignores the range sends the whole blob again.
      let repeated = response.status === 206 ? 0 : received;
      for await (const chunk of response.body) {
        const fresh = chunk.subarray(Math.min(repeated, chunk.length));
        repeated -= chunk.length - fresh.length;
        received += fresh.length;
        if (fresh.length > 0) yield fresh;
      }
      return;
    } catch (error) {
      await retryPolicy.after(error, received > before);
    }
  }
}
