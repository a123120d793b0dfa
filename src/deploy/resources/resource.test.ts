import assert from "node:assert/strict";
import { test } from "node:test";
import type { Wanted } from "../wanted.js";
import { absent, type Context, resource } from "./resource.js";

// What these resources are does not depend on where they are or on what is wanted of them.
const context = {} as Context;
const wanted = {} as Wanted;

function refusal(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** A resource that somebody else makes between the reading and the making. */
function contested(error: Error) {
  let there = false;
  return resource<string>({
    kind: "role",
    name: () => "r",
    read: async () => (there ? "seen" : undefined),
    detailOf: () => "found",
    difference: (seen) => (seen === undefined ? absent : undefined),
    async change() {
      there = true;
      throw error;
    },
  });
}

for (const error of [
  refusal("EntityAlreadyExistsException", "Role with name r already exists."),
  refusal("RepositoryAlreadyExistsException", "The repository with name 'r' already exists"),
  refusal("ResourceConflictException", "Function already exist: r"),
  refusal("ConflictException", "Stage already exists"),
]) {
  test(`what another run made meanwhile is taken as found: ${error.name}`, async () => {
    const step = await contested(error).plan(context, wanted, {});

    assert.deepEqual(await step.apply({}), { facts: {}, detail: "found" });
  });
}

test("another refusal ends the run", async () => {
  const error = refusal("ConflictException", "Unable to complete operation due to concurrent modification.");
  const step = await contested(error).plan(context, wanted, {});

  await assert.rejects(step.apply({}), error);
});
