import type { Handler } from "../../protocol/operation.js";
import { checkNewPackage, codeOf, kindOf } from "../code/package.js";
import { checkAssumable, publish } from "../function/changes.js";
import { describeFunction } from "../function/describe.js";
import type { VersionDocument } from "../function/documents.js";
import { conflict } from "../function/errors.js";
import { latest, parseFunctionName } from "../function/function-name.js";
import { keyOf } from "../function/lookup.js";
import { newSettings } from "../function/settings.js";
import { checkTags } from "../function/tags.js";
import type { LambdaState } from "../state.js";

export const createFunction: Handler<"lambda", "CreateFunction", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call);
  const kind = kindOf(input);
  checkNewPackage(kind, input);
  const settings = newSettings(input);
  const tags = checkTags(input.Tags ?? {});
  checkAssumable(settings.Role, state);
  const exists = () => {
    if (state.functions.get(keyOf(reference))) throw conflict(`Function already exist: ${reference.name}`);
  };
  exists();
  const created: VersionDocument = {
    name: reference.name,
    version: latest,
    settings,
    code: codeOf(kind, { ...input.Code, Architectures: input.Architectures }, reference, state),
    state: { status: "Pending", reason: "The function is being created.", reasonCode: "Creating" },
    lastModifiedMs: state.clock.nowMs(),
    revisionId: state.newId(),
  };
  const latestOrPublished = state.store.write(() => {
    exists();
    state.functions.put(keyOf(reference), { name: reference.name, lastVersion: 0, tags });
    state.versions.put(keyOf(reference, latest), created);
    return input.Publish ? publish(state, reference, created, undefined) : created;
  });
  state.activator.begin(reference);
  return describeFunction(latestOrPublished, call);
};
