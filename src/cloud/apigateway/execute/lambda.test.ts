import assert from "node:assert/strict";
import { test } from "node:test";
import { deployMethod, startApiGateway } from "../../../../test/support/apigateway.js";

test("the body of a non-proxy request is the event, and the function's answer is the body", async (t) => {
  const gateway = startApiGateway(t, { run: () => [2] });
  const { restApiId } = await deployMethod(gateway);

  const answer = await gateway.send(restApiId, "POST /predict", { body: '{"values": [[5.9, 3.0, 5.1, 2.3]]}' });

  assert.equal(answer.status, 200);
  assert.equal(answer.body, "[2]");
  assert.equal(answer.headers["content-type"], "application/json");
});
