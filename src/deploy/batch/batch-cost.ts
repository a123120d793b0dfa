import { batchRowsMax } from "./state-machine.js";

/** List prices in us-east-1, in US dollars. */
const lambdaPerRequest = 0.2 / 1e6;
const lambdaPerGbSecond = 0.0000166667;
const expressPerRequest = 1 / 1e6;

interface BatchCost {
  /** Of a million rows, without long ones. */
  readonly invocations: number;
  /** US dollars for the invocations of Lambda and Step Functions. */
  readonly requestsUsd: number;
  /** US dollars for each hour that one invocation runs. */
  readonly hourUsd: number;
}

/** What a million rows cost at least. How long the function runs is known only afterwards. */
export function batchCost(memoryMb: number): BatchCost {
  const invocations = Math.ceil(1e6 / batchRowsMax);
  return {
    invocations,
    requestsUsd: invocations * (lambdaPerRequest + expressPerRequest),
    hourUsd: (3600 * lambdaPerGbSecond * memoryMb) / 1024,
  };
}
