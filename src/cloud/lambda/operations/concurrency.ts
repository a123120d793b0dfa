import type { Handler } from "../../protocol/operation.js";
import { constraintViolated, invalidParameter } from "../function/errors.js";
import { parseFunctionName } from "../function/function-name.js";
import { findFunction, keyOf } from "../function/lookup.js";
import { accountConcurrencyMax } from "../invocation/invoker.js";
import type { LambdaState } from "../state.js";

/** What an account must keep for functions without a reservation (Lambda's documentation, "Reserved concurrency"). */
const unreservedMin = 100;

export const putFunctionConcurrency: Handler<"lambda", "PutFunctionConcurrency", LambdaState> = (
  input,
  state,
  call,
) => {
  const reference = parseFunctionName(input.FunctionName, call);
  const requested = input.ReservedConcurrentExecutions ?? 0;
  const found = findFunction(state, reference);
  if (!(requested >= 0)) {
    throw constraintViolated(
      "reservedConcurrentExecutions",
      requested,
      "Member must have value greater than or equal to 0",
    );
  }
  const others = state.functions
    .list([reference.account, reference.region])
    .filter(({ document }) => document.name !== reference.name)
    .reduce((sum, { document }) => sum + (document.reservedConcurrency ?? 0), 0);
  if (others + requested > accountConcurrencyMax - unreservedMin) {
    throw invalidParameter(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${unreservedMin}].`,
    );
  }
  state.functions.put(keyOf(reference), { ...found, reservedConcurrency: requested });
  return { ReservedConcurrentExecutions: requested };
};

export const getFunctionConcurrency: Handler<"lambda", "GetFunctionConcurrency", LambdaState> = (
  input,
  state,
  call,
) => ({
  ReservedConcurrentExecutions: findFunction(state, parseFunctionName(input.FunctionName, call)).reservedConcurrency,
});

export const deleteFunctionConcurrency: Handler<"lambda", "DeleteFunctionConcurrency", LambdaState> = (
  input,
  state,
  call,
) => {
  const reference = parseFunctionName(input.FunctionName, call);
  const { reservedConcurrency: _reserved, ...rest } = findFunction(state, reference);
  state.functions.put(keyOf(reference), rest);
  return {};
};
