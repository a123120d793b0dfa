import assert from "node:assert/strict";
import { test } from "node:test";
import type { DesiredState } from "../desired-state.js";
import { type AttributeTable, changeText, compare, knownAfterApply } from "./attributes.js";
import { type Context, resource } from "./resource.js";

// These resources depend neither on where they are nor on the desired state.
const context = {} as Context;
const state = {} as DesiredState;

function awsError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** A resource that another run creates between `read` and `create`. */
function contested(error: Error) {
  let exists = false;
  return resource<{ size: number }, { id: string; attributes: { size: number }; detail: string }>({
    kind: "role",
    name: () => "r",
    attributes: { size: { label: "size", desired: () => 1 } },
    provider: {
      read: async () => (exists ? { id: "r", attributes: { size: 1 }, detail: "found" } : undefined),
      async create() {
        exists = true;
        throw error;
      },
    },
  });
}

for (const error of [
  awsError("EntityAlreadyExistsException", "Role with name r already exists."),
  awsError("RepositoryAlreadyExistsException", "The repository with name 'r' already exists"),
  awsError("ResourceConflictException", "Function already exist: r"),
  awsError("ConflictException", "Stage already exists"),
]) {
  test(`uses the resource that another run has created in the meantime: ${error.name}`, async () => {
    const step = await contested(error).plan(context, state, {});

    assert.deepEqual(await step.apply({}), { outputs: {}, detail: "found" });
  });
}

test("stops on any other error", async () => {
  const error = awsError("ConflictException", "Unable to complete operation due to concurrent modification.");
  const step = await contested(error).plan(context, state, {});

  await assert.rejects(step.apply({}), error);
});

interface Attributes {
  readonly memory: number;
  readonly origin?: string;
  readonly days?: number;
  readonly target?: string;
}

function tableOf(origin: string | undefined): AttributeTable<Attributes> {
  return {
    memory: { label: "memory", text: (value) => `${value} MB`, desired: () => 512 },
    origin: { label: "CORS origin", desired: () => origin },
    days: { label: "retention", desired: () => 30, isKept: () => true },
    target: { label: "target", desired: (_state, { version }) => version ?? knownAfterApply },
  };
}

test("a plan says what an update changes, adds and removes, and what it keeps", () => {
  const found = { memory: 128, origin: "https://a", days: 7, target: "1" };

  const removed = compare(tableOf(undefined), found, state, { version: "2" });
  const added = compare(tableOf("*"), { memory: 512, days: 30, target: "2" }, state, { version: "2" });

  assert.deepEqual(removed.changes.map(changeText), [
    "memory 128 MB -> 512 MB",
    "remove CORS origin https://a",
    "target 1 -> 2",
  ]);
  assert.deepEqual(removed.kept, ["retention 7"]);
  assert.deepEqual(removed.result, { memory: 512, days: 7, target: "2" });
  assert.deepEqual(added.changes.map(changeText), ["add CORS origin *"]);
  assert.deepEqual(added.kept, []);
});

test("a plan shows that a value is only known after an earlier resource is created", () => {
  const { changes, result } = compare(tableOf(undefined), { memory: 512, days: 30, target: "1" }, state, {});

  assert.deepEqual(changes.map(changeText), ["target 1 -> known after apply"]);
  assert.equal(result, undefined);
});
