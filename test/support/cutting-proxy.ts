import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { TestContext } from "node:test";

export interface CuttingProxy {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** Number of connections that were cut. */
  readonly cuts: { count: number };
}

/** A TCP proxy that breaks a connection after it has sent this many bytes, once for each entry. */
export async function startCuttingProxy(
  t: TestContext,
  target: string,
  cutAfter: readonly number[],
): Promise<CuttingProxy> {
  const pending = [...cutAfter];
  const cuts = { count: 0 };
  const sockets = new Set<Socket>();
  const [host, port] = target.split(":");
  const server = createServer((client) => {
    const upstream = connect(Number(port), host);
    const both = [client, upstream];
    for (const socket of both) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        for (const each of both) each.destroy();
      });
    }
    upstream.pipe(client);
    let sent = 0;
    client.on("data", (bytes) => {
      upstream.write(bytes);
      sent += bytes.length;
      if (pending.length === 0 || sent < pending[0]!) return;
      pending.shift();
      cuts.count++;
      client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, cuts };
}
