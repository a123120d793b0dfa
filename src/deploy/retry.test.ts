import assert from "node:assert/strict";
import { test } from "node:test";
import { retryTransient, waitFor } from "./retry.js";

/** A clock that only `sleep` advances. */
function timing() {
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
  test(`retries a request while AWS returns: ${message}`, async () => {
    let attempts = 0;
    const result = await retryTransient(timing(), async () => {
      if (++attempts < 5) throw awsError(name, message);
      return "created";
    });

    assert.deepEqual([result, attempts], ["created", 5]);
  });
}

test("does not retry an error that does not pass by itself", async () => {
  let attempts = 0;
  const request = retryTransient(timing(), async () => {
    attempts++;
    throw awsError("InvalidParameterValueException", "The memory is too small");
  });

  await assert.rejects(request, { message: "The memory is too small" });
  assert.equal(attempts, 1);
});

test("stops retrying after the policy's time, with AWS's error", async () => {
  const { clock, sleep } = timing();
  const error = awsError(
    "InvalidParameterValueException",
    "The role defined for the function cannot be assumed by Lambda.",
  );

  await assert.rejects(
    retryTransient({ clock, sleep }, async () => {
      throw error;
    }),
    error,
  );
  assert.ok(clock.elapsedMs() > 50_000 && clock.elapsedMs() <= 60_000, `${clock.elapsedMs()}`);
});

test("stops waiting with an error that names what was not ready", async () => {
  await assert.rejects(
    waitFor(timing(), "The function iris", 30_000, async () => undefined),
    { code: "aws-did-not-finish", message: "The function iris was not ready after 30 s" },
  );
});
