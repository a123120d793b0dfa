import type { Handler } from "../protocol/operation.js";
import { describeFunction } from "./function/describe.js";
import { parseFunctionName } from "./function/function-name.js";
import { findFunction, findVersion } from "./function/lookup.js";
import type { LambdaState } from "./state.js";

export const getFunction: Handler<"lambda", "GetFunction", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call, input.Qualifier);
  const { tags, reservedConcurrency } = findFunction(state, reference);
  const version = findVersion(state, reference);
  const { code } = version;
  return {
    Configuration: describeFunction(version, reference, reference.qualifier),
    Code:
      code.kind === "image"
        ? { RepositoryType: "ECR", ImageUri: code.imageUri, ResolvedImageUri: code.resolvedImageUri }
        : { RepositoryType: "S3" },
    Tags: Object.keys(tags).length === 0 ? undefined : { ...tags },
    Concurrency: reservedConcurrency === undefined ? undefined : { ReservedConcurrentExecutions: reservedConcurrency },
  };
};
