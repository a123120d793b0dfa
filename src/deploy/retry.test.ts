import assert from "node:assert/strict";
import { test } from "node:test";
import { untilConsistent, waitFor } from "./patience.js";

/** A clock that only sleeping moves. */
function patience() {
  let nowMs = 0;
  return {
    clock: { nowMs: () => nowMs, elapsedMs: () => nowMs },
    sleep: async (ms: number) => {
      nowMs += ms;
    },
  };
}

function awsError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

for (const [name, message] of [
  ["InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda."],
  ["AccessDeniedException", "Lambda does not have permission to access the ECR image. Check the ECR permissions."],
  [
    "ResourceConflictException",
    "The operation cannot be performed at this time. An update is in progress for resource: x",
  ],
  ["TooManyRequestsException", "Too Many Requests"],
] as const) {
  test(`a request is repeated while AWS says: ${message}`, async () => {
    let asked = 0;
    const answer = await untilConsistent(patience(), async () => {
      if (++asked < 5) throw awsError(name, message);
      return "made";
    });

    assert.deepEqual([answer, asked], ["made", 5]);
  });
}

test("a refusal that does not pass is not repeated", async () => {
  let asked = 0;
  const request = untilConsistent(patience(), async () => {
    asked++;
    throw awsError("InvalidParameterValueException", "The memory is too small");
  });

  await assert.rejects(request, { message: "The memory is too small" });
  assert.equal(asked, 1);
});

test("patience ends, with AWS's own error", async () => {
  const { clock, sleep } = patience();
  const refusal = awsError(
    "InvalidParameterValueException",
    "The role defined for the function cannot be assumed by Lambda.",
  );

  await assert.rejects(
    untilConsistent({ clock, sleep }, async () => {
      throw refusal;
    }),
    refusal,
  );
  assert.ok(clock.elapsedMs() > 50_000 && clock.elapsedMs() <= 60_000, `${clock.elapsedMs()}`);
});

test("waiting ends with what was not ready", async () => {
  await assert.rejects(
    waitFor(patience(), "The function iris", 30_000, async () => undefined),
    { code: "aws-did-not-finish", message: "The function iris was not ready after 30 s" },
  );
});
