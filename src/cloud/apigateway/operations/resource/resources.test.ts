import assert from "node:assert/strict";
import { test } from "node:test";
import { startApiGateway, testRejections } from "../../../../../test/support/apigateway.js";

test("moves and deletes a resource together with all resources below it", async (t) => {
  const { send } = startApiGateway(t);
  const { id: restApiId = "", rootResourceId: parentId = "" } = await send("CreateRestApi", { name: "a" });
  const { id: pets = "" } = await send("CreateResource", { restApiId, parentId, pathPart: "pets" });
  await send("CreateResource", { restApiId, parentId: pets, pathPart: "{id}" });
  const paths = async () => (await send("GetResources", { restApiId })).items?.map(({ path }) => path);

  const patchOperations = [{ op: "replace" as const, path: "/pathPart", value: "dogs" }];
  await send("UpdateResource", { restApiId, resourceId: pets, patchOperations });
  const moved = await paths();
  await send("DeleteResource", { restApiId, resourceId: pets });

  assert.deepEqual(moved, ["/", "/dogs", "/dogs/{id}"]);
  assert.deepEqual(await paths(), ["/"]);
});

testRejections([
  [
    "a path that no URL can have, also below a resource that is renamed",
    async ({ send }, { restApiId, resourceId }) => {
      await send("CreateResource", { restApiId, parentId: resourceId, pathPart: "b".repeat(6000) });
      const patchOperations = [{ op: "replace" as const, path: "/pathPart", value: "a".repeat(6000) }];
      await send("UpdateResource", { restApiId, resourceId, patchOperations });
    },
    "BadRequestException",
    "Resource path is longer than 10240 characters",
  ],
  [
    "a parent resource that does not exist",
    ({ send }, { restApiId }) => send("CreateResource", { restApiId, parentId: "constructor", pathPart: "x" }),
    "NotFoundException",
    "Invalid Resource identifier specified",
  ],
  [
    "a path part that a sibling has",
    ({ send }, { restApiId, rootResourceId: parentId }) =>
      send("CreateResource", { restApiId, parentId, pathPart: "predict" }),
    "ConflictException",
    "Another resource with the same parent already has this name: predict",
  ],
  [
    "a path part with a slash",
    ({ send }, { restApiId, rootResourceId: parentId }) =>
      send("CreateResource", { restApiId, parentId, pathPart: "a/b" }),
    "BadRequestException",
    "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
  ],
  [
    "a second variable beside a sibling's",
    async ({ send }, { restApiId, rootResourceId: parentId }) => {
      await send("CreateResource", { restApiId, parentId, pathPart: "{proxy+}" });
      await send("CreateResource", { restApiId, parentId, pathPart: "{id}" });
    },
    "BadRequestException",
    "A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed",
  ],
  [
    "a child of a greedy variable",
    async ({ send }, { restApiId, rootResourceId }) => {
      const { id = "" } = await send("CreateResource", { restApiId, parentId: rootResourceId, pathPart: "{proxy+}" });
      await send("CreateResource", { restApiId, parentId: id, pathPart: "x" });
    },
    "BadRequestException",
    "Cannot create a child of a resource with a greedy path variable: {proxy+}",
  ],
  [
    "a patch of an unknown path",
    ({ send }, name) => send("UpdateResource", { ...name, patchOperations: [{ op: "replace", path: "/invalid" }] }),
    "BadRequestException",
    "Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]",
  ],
  [
    "a patch with an unsupported operation",
    ({ send }, name) => send("UpdateResource", { ...name, patchOperations: [{ op: "remove", path: "/pathPart" }] }),
    "BadRequestException",
    "Invalid patch path  '/pathPart' specified for op 'remove'. Please choose supported operations",
  ],
  [
    "a resource below itself",
    ({ send }, name) =>
      send("UpdateResource", {
        ...name,
        patchOperations: [{ op: "replace", path: "/parentId", value: name.resourceId }],
      }),
    "BadRequestException",
    "Resources cannot be cyclical.",
  ],
]);
