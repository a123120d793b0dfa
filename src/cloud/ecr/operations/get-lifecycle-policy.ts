import type { Handler } from "../../protocol/operation.js";
import { findRepository } from "../content/repositories.js";
import { lifecyclePolicyNotFound } from "../errors.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";

export const getLifecyclePolicy: Handler<"ecr", "GetLifecyclePolicy", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  const { lifecyclePolicy } = findRepository(state, place);
  if (!lifecyclePolicy) throw lifecyclePolicyNotFound(place);
  return {
    registryId: place.account,
    repositoryName: place.name,
    lifecyclePolicyText: lifecyclePolicy.text,
    lastEvaluatedAt: new Date(lifecyclePolicy.evaluatedAtMs),
  };
};
