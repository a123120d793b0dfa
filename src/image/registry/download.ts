import { Patience } from "./retry.js";
import type { Session } from "./session.js";

/** The bytes behind an address; goes on where it stopped after the connection broke. */
export async function* download(session: Session, url: URL, scopes: readonly string[]): AsyncGenerator<Uint8Array> {
  const patience = new Patience(session.sleep);
  for (let received = 0; ; ) {
    const before = received;
    const headers: Record<string, string> = received > 0 ? { range: `bytes=${received}-` } : {};
    try {
      const answer = await session.open(
        { method: "GET", url, headers, expected: received > 0 ? [200, 206] : [200] },
        scopes,
      );
      // A registry that ignores the range sends everything again.
      let repeated = answer.status === 206 ? 0 : received;
      for await (const chunk of answer.body) {
        const fresh = chunk.subarray(Math.min(repeated, chunk.length));
        repeated -= chunk.length - fresh.length;
        received += fresh.length;
        if (fresh.length > 0) yield fresh;
      }
      return;
    } catch (error) {
      await patience.after(error, received > before);
    }
  }
}
