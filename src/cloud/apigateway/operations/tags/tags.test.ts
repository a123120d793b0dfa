import assert from "node:assert/strict";
import { test } from "node:test";
import { deployMethod, startApiGateway } from "../../../../../test/support/apigateway.js";

test("sets, returns and removes the tags of APIs and stages by ARN", async (t) => {
  const gateway = startApiGateway(t);
  const { send } = gateway;
  const { restApiId } = await deployMethod(gateway);
  for (const resourceArn of [
    `arn:aws:apigateway:us-east-1::/restapis/${restApiId}`,
    `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/dev`,
  ]) {
    await send("TagResource", { resourceArn, tags: { a: "1", b: "2" } });
    await send("UntagResource", { resourceArn, tagKeys: ["a"] });

    assert.deepEqual(await send("GetTags", { resourceArn }), { tags: { b: "2" } });
  }
});
