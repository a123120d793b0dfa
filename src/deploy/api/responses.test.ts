import assert from "node:assert/strict";
import { test } from "node:test";
import { codeResponse } from "./responses.js";

for (const [name, error, status, message] of [
  ["an error of the caller", { errorMessage: "[400] no rows" }, 400, "no rows"],
  ["any other exception", { errorMessage: "secret", errorType: "KeyError" }, 500, "Internal server error"],
  ["an exception without a message", { errorMessage: "" }, 500, "Internal server error"],
  ["an error that is not Lambda's", 1, 500, "Internal server error"],
  [
    "a time-out",
    { errorMessage: "RequestId: 1 Error: Task timed out after 3.00 seconds" },
    504,
    "The function did not finish within its timeout",
  ],
  [
    "a response of more than 6 MB",
    { errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes)." },
    413,
    "The response is larger than 6 MB",
  ],
] as const) {
  test(`the response to ${name} has status ${status} and no details`, () => {
    const result = { payload: JSON.stringify(error), isError: true };

    assert.deepEqual(codeResponse(result, { clientErrorPrefix: "[400] " }), {
      status,
      body: JSON.stringify({ message }),
    });
  });
}

test("a result is returned byte for byte", () => {
  const payload = '{ "errorMessage": 1.0 }';

  assert.deepEqual(codeResponse({ payload, isError: false }, { clientErrorPrefix: "[400] " }), {
    status: 200,
    body: payload,
  });
});
