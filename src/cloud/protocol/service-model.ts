import { readShape, readTraits, type Shape, type Structure, type Traits } from "./shape.js";

/** A service as its SDK client describes it. */
export interface ServiceModel {
  readonly name: string;
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** By the name of the structure, and by the code of the query protocol where that differs. */
  readonly errors: ReadonlyMap<string, Structure>;
}

export interface OperationModel {
  readonly name: string;
  readonly traits: Traits;
  readonly input: Shape;
  readonly output: Shape;
}

const operationKind = 9;
const errorKind = -3;

/** Picks the operations and errors from what a client package exports. */
export function readServiceModel(name: string, exported: Readonly<Record<string, unknown>>): ServiceModel {
  const operations = new Map<string, OperationModel>();
  const errors = new Map<string, Structure>();
  for (const schema of Object.values(exported)) {
    if (!Array.isArray(schema)) continue;
    if (schema[0] === operationKind) {
      const operation = lazyOperation(schema);
      operations.set(operation.name, operation);
    } else if (schema[0] === errorKind) {
      const shape = readShape(schema);
      if (!("members" in shape)) continue;
      errors.set(shape.name, shape);
      if (shape.traits.awsQueryError) errors.set(shape.traits.awsQueryError[0], shape);
    }
  }
  return { name, operations, errors };
}

/** A service has up to 180 operations, of which a process uses a few: shapes are read when they are asked for. */
function lazyOperation(schema: readonly unknown[]): OperationModel {
  return {
    name: String(schema[2]),
    traits: readTraits(schema[3]),
    get input() {
      return readShape(schema[4]);
    },
    get output() {
      return readShape(schema[5]);
    },
  };
}
