import assert from "node:assert/strict";
import { test } from "node:test";
import { MalformedRequest, RequestReader, type RuntimeRequest } from "./request-reader.js";

const next = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n";
const post = (headers: string, body: string) => `POST /r HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n${body}`;

/** Reads a string in pieces of `size` bytes. */
function read(text: string, size = text.length, bodyBytesMax = 100): { requests: RuntimeRequest[]; continued: number } {
  let continued = 0;
  const reader = new RequestReader(bodyBytesMax, () => continued++);
  const requests: RuntimeRequest[] = [];
  const bytes = Buffer.from(text, "latin1");
  for (let at = 0; at < bytes.length; at += size) requests.push(...reader.read(bytes.subarray(at, at + size)));
  return { requests, continued };
}

const summary = ({ method, path, body, keepAlive }: RuntimeRequest) =>
  `${method} ${path} ${Buffer.from(body).toString()} ${keepAlive}`;

for (const [name, text, expected] of [
  [
    "a response and a poll in one packet",
    post("Content-Length: 3", "[2]") + next,
    ["POST /r [2] true", "GET /2018-06-01/runtime/invocation/next  true"],
  ],
  [
    "a body in chunks",
    post("Transfer-Encoding: chunked", "2\r\nab\r\n3;x=y\r\ncde\r\n0\r\nTrailer: 1\r\n\r\n") + next,
    ["POST /r abcde true", "GET /2018-06-01/runtime/invocation/next  true"],
  ],
  ["a client that closes", post("Connection: close\r\nContent-Length: 0", ""), ["POST /r  false"]],
  ["a client of HTTP/1.0", "GET /a?b=c HTTP/1.0\r\n\r\n", ["GET /a  false"]],
] as const) {
  test(`reads ${name} from pieces of any size`, () => {
    for (const size of [1, 2, 7, text.length]) assert.deepEqual(read(text, size).requests.map(summary), expected);
  });
}

test("sends 100 Continue once, to a client that waits for it", () => {
  const text = post("Expect: 100-continue\r\nContent-Length: 3", "[2]");
  const head = text.slice(0, -3);

  assert.equal(read(head).continued, 1);
  assert.equal(read(text).continued, 0, "the body has arrived already");
});

test("counts a body that is too large without keeping it", () => {
  const { requests } = read(post("Content-Length: 250", "x".repeat(250)) + next, 60);

  assert.deepEqual([requests[0]?.body.length, requests[0]?.bodyBytes], [100, 250]);
  assert.equal(requests[1]?.method, "GET");
});

for (const [name, text] of [
  ["bytes that are not HTTP", "hello\r\n\r\n"],
  ["a header without a colon", "GET / HTTP/1.1\r\nhost\r\n\r\n"],
  ["a length that is not a number", post("Content-Length: -1", "")],
  ["a chunk without a size", post("Transfer-Encoding: chunked", "xyz\r\n")],
  ["a head without an end", `GET / HTTP/1.1\r\nA: ${"a".repeat(20_000)}`],
  ["a chunk line without an end", post("Transfer-Encoding: chunked", "1".repeat(20_000))],
] as const) {
  test(`rejects ${name}`, () => {
    assert.throws(() => read(text), MalformedRequest);
  });
}
