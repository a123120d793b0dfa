import type { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { CellError } from "./cell-error.js";
import type { Method, MethodName, Model, Output, Signature, Table } from "./model.js";

/** A method on every row of a table that has the model's columns. */
export interface ModelMethod {
  readonly output: Method["output"];
  run(table: Table): Output;
  /**
   * The same result as a table for the next step of a pipeline. Absent: the result of `run`, as a matrix of numbers.
   */
  table?(table: Table): Table;
}

interface ModelParts {
  /** All of the signature but the methods. */
  readonly signature: Omit<Signature, "methods">;
  /** In the order of the signature: the first one is called when a request names none. */
  readonly methods: ReadonlyMap<MethodName, ModelMethod>;
}

/** A model of synchronous methods, with the checks that all models share. */
export function createModel({ signature, methods }: ModelParts): Model {
  const whole: Signature = {
    ...signature,
    methods: [...methods].map(([name, { output }]) => ({ name, output })),
  };
  return {
    signature: whole,
    run(name, table) {
      const method = methods.get(name);
      if (!method) throw methodUnknown(name, whole);
      const columns = table.kind === "frame" ? table.columns.length : table.columns;
      if (whole.features.length > 0 && columns !== whole.features.length) {
        throw new ModelError(
          "input-width",
          `The table has ${columns} columns; the model expects ${whole.features.length}`,
        );
      }
      try {
        return method.run(table);
      } catch (error) {
        throw error instanceof CellError ? error.withNames(whole.features) : error;
      }
    },
  };
}

/** The error for a method that the model does not have. */
export function methodUnknown(name: string, { type, methods }: Signature): TepalError {
  const known = methods.map((method) => method.name).join(", ");
  return new ModelError(
    "method-unknown",
    `${type} has no method ${JSON.stringify(name.slice(0, 80))}; it has ${known}`,
  );
}
