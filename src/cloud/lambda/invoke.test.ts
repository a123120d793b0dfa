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
