import type { Handler } from "../../protocol/operation.js";
import { changeRepository, findRepository } from "../content/repositories.js";
import { lifecyclePolicyNotFound } from "../errors.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";

export const deleteLifecyclePolicy: Handler<"ecr", "DeleteLifecyclePolicy", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  const { lifecyclePolicy } = findRepository(state, place);
  if (!lifecyclePolicy) throw lifecyclePolicyNotFound(place);
  changeRepository(state, place, { lifecyclePolicy: undefined });
  return {
    registryId: place.account,
    repositoryName: place.name,
    lifecyclePolicyText: lifecyclePolicy.text,
    lastEvaluatedAt: new Date(lifecyclePolicy.evaluatedAtMs),
  };
};
