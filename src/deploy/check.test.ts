import assert from "node:assert/strict";
import { test } from "node:test";
import { isPassed } from "./check.js";

const log = "START RequestId: 1\nREPORT RequestId: 1\t\n";
const failure = (error: object, lines = log) => ({
  status: 500,
  body: JSON.stringify({ errorMessage: "m", ...error }),
  log: lines,
  elapsedMs: 1,
});

for (const [name, invoked, isStarted] of [
  ["a result", { status: 200, body: "null", log, elapsedMs: 1 }, true],
  ["its own exception", failure({ errorType: "KeyError", requestId: "1", stackTrace: [] }), true],
  ["a result that is not JSON", failure({ errorType: "Runtime.MarshalError", requestId: "1" }), true],
  ["a module that cannot be imported", failure({ errorType: "Runtime.ImportModuleError", requestId: "" }), false],
  ["a handler that does not exist", failure({ errorType: "Runtime.HandlerNotFound", requestId: "1" }), false],
  ["an exception while the code is loaded, in Python", failure({ errorType: "ValueError", requestId: "" }), false],
  ["an exception while the code is loaded, in Node.js", failure({ errorType: "Error", trace: [] }, ""), false],
  [
    "an exception while the code is loaded, in Lambda's log",
    failure({ errorType: "Error" }, `INIT_REPORT Init Duration: 9 ms\tPhase: invoke\tStatus: error\n${log}`),
    false,
  ],
  ["a process that exits", failure({ errorType: "Runtime.ExitError" }), false],
  ["a time-out", failure({ errorType: "Sandbox.Timedout" }), false],
] as const) {
  test(`${name} shows that a function ${isStarted ? "started" : "did not start"}`, () => {
    assert.equal(isPassed(invoked, { request: "{}", passes: "started" }), isStarted);
  });
}

for (const [name, response, isStarted] of [
  ["a mapped error", { status: 500 }, true],
  ["a body that the schema rejects", { status: 400, errorType: "BadRequestException" }, true],
  ["a configuration error", { status: 500, errorType: "InternalServerErrorException" }, false],
  ["a route that is not deployed", { status: 403, errorType: "MissingAuthenticationTokenException" }, false],
] as const) {
  test(`an API with ${name} ${isStarted ? "passes" : "fails"} the check of a function that must start`, () => {
    const invoked = { body: '{"message":"m"}', elapsedMs: 1, ...response };

    assert.equal(isPassed(invoked, { request: "{}", passes: "started" }), isStarted);
  });
}

test("an example must return a result", () => {
  const check = { request: "{}", passes: "returned" } as const;

  assert.equal(isPassed({ status: 200, body: '{"a":1}', elapsedMs: 1 }, check), true);
  assert.equal(isPassed(failure({ errorType: "KeyError", requestId: "1" }), check), false);
});
