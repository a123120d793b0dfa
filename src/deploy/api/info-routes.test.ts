import assert from "node:assert/strict";
import { test } from "node:test";
import { infoTemplate, securityOf } from "./info-routes.js";

const spec = { name: "iris", route: "/predict" };
const open = { authorizationType: "NONE", apiKeyRequired: false };
const source = "method.request.header.X-Token";

for (const [name, protection, schemes, requirement] of [
  ["IAM", { ...open, authorizationType: "AWS_IAM" }, { sigv4: "Authorization" }, { sigv4: [] }],
  ["an API key", { ...open, apiKeyRequired: true }, { api_key: "x-api-key" }, { api_key: [] }],
  [
    "an authorizer and an API key",
    {
      authorizationType: "CUSTOM",
      apiKeyRequired: true,
      authorizer: { name: "mine", identitySource: source },
      authorizationScopes: ["read"],
    },
    { mine: "X-Token", api_key: "x-api-key" },
    { mine: ["read"], api_key: [] },
  ],
  [
    "an authorizer of several sources",
    { ...open, authorizationType: "CUSTOM", authorizer: { name: "mine", identitySource: `${source},context.stage` } },
    { mine: "Authorization" },
    { mine: [] },
  ],
] as const) {
  test(`the document states that the API requires ${name}`, () => {
    const security = securityOf(protection);

    const headers = Object.entries(security?.schemes ?? {}).map(([scheme, { name: header }]) => [scheme, header]);
    assert.deepEqual(Object.fromEntries(headers), schemes);
    assert.deepEqual(security?.requirement, requirement);
  });
}

test("an open API has no authorization", () => {
  assert.equal(securityOf(undefined), undefined);
});

test("a template contains no variables and directives", () => {
  const authorizer = { name: "$context.stage #set", identitySource: source };
  const security = securityOf({ ...open, authorizationType: "CUSTOM", authorizer });
  const template = infoTemplate("/openapi.json", spec, security);

  assert.doesNotMatch(template, /[$#]/);
  assert.ok(authorizer.name in JSON.parse(template).tepal.security.schemes);
});
