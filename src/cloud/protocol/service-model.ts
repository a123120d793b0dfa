import { readShape, readTraits, type Shape, type Structure, type Traits } from "./shape.js";

/** An API as the schemas of its SDK client describe it. */
export interface ServiceModel {
  readonly name: string;
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** By name of the structure: `NoSuchEntityException`, whose code in the query protocol is `NoSuchEntity`. */
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
      if ("members" in shape) errors.set(shape.name, shape);
    }
  }
  return { name, operations, errors };
}

/** An API has up to 180 operations, of which a process uses a few: shapes are read on first use. */
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
