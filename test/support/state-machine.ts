// What Step Functions evaluates of a state machine that scores a table.

import jsonata from "jsonata";

interface PredictState {
  readonly Arguments: { readonly Payload: string };
  readonly Output: string;
}

interface RowsMachine {
  readonly States: {
    readonly Rows: { readonly ItemProcessor: { readonly States: { readonly Predict: PredictState } } };
  };
}

/** The state that sends a batch of rows to the function. */
export function predictState(definition: unknown): PredictState {
  return (definition as RowsMachine).States.Rows.ItemProcessor.States.Predict;
}

/** Evaluates an expression of the definition as Step Functions does: `$states` is a variable. */
export async function evaluated(expression: string, states: object): Promise<unknown> {
  const [, code = ""] = /^\{% (.*) %\}$/s.exec(expression) ?? [];
  return JSON.parse(JSON.stringify(await jsonata(code).evaluate({}, { states })));
}
