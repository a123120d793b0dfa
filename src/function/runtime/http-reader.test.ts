import assert from "node:assert/strict";
import { test } from "node:test";
import { HttpReader, type HttpResponse } from "./http-reader.js";

const messages: readonly (readonly [name: string, text: string, expected: readonly (readonly [number, string])[]])[] = [
  ["a body of known length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", [[200, "hello"]]],
  ["an empty body", "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", [[202, ""]]],
  ["a status without a body", "HTTP/1.1 204 No Content\r\n\r\n", [[204, ""]]],
  [
    "a chunked body with an extension and a trailer",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\nwiki\r\nb\r\npedia \r\n in\r\n0\r\nX: y\r\n\r\n",
    [[200, "wikipedia \r\n in"]],
  ],
  [
    "two responses after an informational one",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\ncontent-length:2\r\n\r\n{}HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig",
    [
      [202, "{}"],
      [413, "big"],
    ],
  ],
];

for (const [name, text, expected] of messages) {
  test(`parses ${name} from packets of any size`, () => {
    const bytes = Buffer.from(text);
    for (let size = 1; size <= bytes.length; size++) {
      const responses: HttpResponse[] = [];
      const reader = new HttpReader((response) => responses.push(response));

      for (let from = 0; from < bytes.length; from += size) reader.push(bytes.subarray(from, from + size));

      assert.deepEqual(
        responses.map(({ status, body }) => [status, body.toString()]),
        expected,
        `in packets of ${size}`,
      );
    }
  });
}

for (const [name, text, last] of [
  ["keeps the connection for HTTP/1.1", "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", false],
  [
    "closes the connection for Connection: close",
    "HTTP/1.1 202 Accepted\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    true,
  ],
  ["closes the connection for HTTP/1.0", "HTTP/1.0 202 Accepted\r\nContent-Length: 0\r\n\r\n", true],
] as const) {
  test(name, () => {
    const responses: HttpResponse[] = [];

    new HttpReader((response) => responses.push(response)).push(Buffer.from(text));

    assert.deepEqual([responses.length, responses[0]!.last], [1, last]);
  });
}

for (const [name, text, message] of [
  ["another protocol", "SSH-2.0-OpenSSH_9.2\r\n\r\n", /not HTTP\/1\.1/],
  ["a body without a length", "HTTP/1.1 200 OK\r\n\r\n", /no valid Content-Length/],
  ["a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", /no valid Content-Length/],
  [
    "an absurd length",
    "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
    /99999999999 bytes; the maximum is 67108864/,
  ],
  ["an absurd chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", /4294967295 bytes/],
  [
    "a chunk longer than its size",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
    /longer than its announced size/,
  ],
  ["headers without an end", "HTTP/1.1 200 OK\r\nA: ".padEnd(70_000, "b"), /larger than 65536 bytes/],
  ["a header without a name", "HTTP/1.1 200 OK\r\n: x\r\n\r\n", /no name/],
] as const) {
  test(`rejects ${name}`, () => {
    assert.throws(() => new HttpReader(() => {}).push(Buffer.from(text)), { message });
  });
}
