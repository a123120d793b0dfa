import assert from "node:assert/strict";
import { test } from "node:test";
import { deployMethod, startApiGateway } from "../../../../../test/support/apigateway.js";

test("sets, returns and removes the tags of APIs and stages by ARN", async (t) => {
  const gateway = startApiGateway(t);
  const { ask } = gateway;
  const { restApiId } = await deployMethod(gateway);
  for (const resourceArn of [
    `arn:aws:apigateway:us-east-1::/restapis/${restApiId}`,
    `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/dev`,
  ]) {
    await ask("TagResource", { resourceArn, tags: { a: "1", b: "2" } });
    await ask("UntagResource", { resourceArn, tagKeys: ["a"] });

    assert.deepEqual(await ask("GetTags", { resourceArn }), { tags: { b: "2" } });
  }
});
