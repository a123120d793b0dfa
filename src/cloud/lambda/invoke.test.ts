import assert from "node:assert/strict";
import { test } from "node:test";
import { missingBusybox, shellImage, startLambda } from "../../../test/support/lambda.js";

test("runs a shell script that polls the Runtime API", { skip: missingBusybox }, async (t) => {
  const { create, invoke } = startLambda(t);
  await create("echo", shellImage('while next; do echo "got $event"; respond "{\\"echo\\": $event}"; done'));

  const { payload, log, version, error } = await invoke("echo", { a: 1 });

  assert.deepEqual(payload, { echo: { a: 1 } });
  assert.equal(error, undefined);
  assert.equal(version, "$LATEST");
  assert.match(log, /^START RequestId: \S+ Version: \$LATEST\ngot \{"a":1\}\nEND RequestId: /);
  assert.match(
    log,
    /REPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms\t\n$/,
  );
});

test("passes on the client context as JSON in one line", { skip: missingBusybox }, async (t) => {
  const { create, invoke } = startLambda(t);
  const script = `while next; do respond "$(sed -n 's/.*Lambda-Runtime-Client-Context: //p' /tmp/head | tr -d '\\r')"; done`;
  await create("context", shellImage(script));
  const ClientContext = Buffer.from('{\n  "client": {"name": "\u00fc"}\n}').toString("base64");

  const { payload } = await invoke("context", {}, { ClientContext });

  assert.deepEqual(payload, { client: { name: "\u00fc" } });
});

test("rejects a client context that is not Base64 of a JSON object", { skip: missingBusybox }, async (t) => {
  const { create, invoke } = startLambda(t);
  await create("context", shellImage("while next; do respond 1; done"));

  for (const ClientContext of ["{}", Buffer.from("1").toString("base64"), Buffer.from("{").toString("base64")]) {
    await assert.rejects(invoke("context", {}, { ClientContext }), {
      code: "InvalidRequestContentException",
      message: "Client context must be a valid Base64-encoded JSON object.",
    });
  }
});
