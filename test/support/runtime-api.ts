import { createServer, type Socket } from "node:net";
import type { TestContext } from "node:test";

/** One request as it came over the wire. */
export interface Received {
  readonly line: string;
  readonly headers: string;
  readonly body: string;
}

export interface FakeRuntimeApi {
  readonly address: string;
  readonly received: Received[];
  /** Number of connections. */
  connections: number;
  /** Resolves when this many requests have been received. */
  count(requests: number): Promise<void>;
}

/**
 * A Runtime API that writes given bytes: one of `replies` for each request, in order, each piece as its own packet.
 * `undefined` ends the connection instead. After the last reply, requests get no response.
 */
export async function startRuntimeApi(
  t: TestContext,
  replies: readonly (readonly (string | Buffer)[] | undefined)[],
): Promise<FakeRuntimeApi> {
  const sockets = new Set<Socket>();
  const watchers = new Set<() => void>();
  let replied = 0;
  const server = createServer((socket) => {
    api.connections++;
    sockets.add(socket);
    let rest = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (packet) => {
      rest = Buffer.concat([rest, packet]);
      for (let end = rest.indexOf("\r\n\r\n"); end >= 0; end = rest.indexOf("\r\n\r\n")) {
        const head = rest.toString("latin1", 0, end);
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
        if (rest.length < end + 4 + length) return;
        const body = rest.toString("utf8", end + 4, end + 4 + length);
        rest = rest.subarray(end + 4 + length);
        api.received.push({ line: head.split("\r\n")[0]!, headers: head, body });
        void reply(socket);
        for (const watcher of watchers) watcher();
      }
    });
  });
  let turn = Promise.resolve();
  const reply = (socket: Socket) => {
    const index = replied++;
    turn = turn.then(async () => {
      if (index >= replies.length) return;
      const pieces = replies[index];
      if (!pieces) return void socket.destroy();
      for (const piece of pieces) {
        socket.write(piece);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    });
    return turn;
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as { port: number };
  const api: FakeRuntimeApi = {
    address: `127.0.0.1:${port}`,
    received: [],
    connections: 0,
    count: (requests) =>
      new Promise((resolve) => {
        const check = () => {
          if (api.received.length >= requests) resolve();
        };
        watchers.add(check);
        check();
      }),
  };
  return api;
}

/** The response to a poll, as Lambda sends it. */
export function event(requestId: string, body: string): string {
  return (
    `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: ${requestId}\r\n` +
    `Lambda-Runtime-Deadline-Ms: 1542409706888\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

export const accepted = 'HTTP/1.1 202 Accepted\r\nContent-Length: 16\r\n\r\n{"status": "OK"}';
