import { type Call, Global, Instance } from "./values.js";

/** One global that files may name. The table of them is exact: no prefix, no pattern, no dotted name. */
export interface GlobalRow {
  /** Every module that this name was reached by, over the versions of its library. */
  readonly modules: readonly string[];
  readonly name: string;
  /** Builds the object; absent where the name is the data. */
  readonly call?: Call;
  /**
   * Called while the file is scanned: what determines where the opcodes continue (joblib's arrays and their dtypes).
   */
  readonly scanned?: true;
}

/** A row's `call` for a class that is read by its attributes. */
export const instance: Call = (args, global) => new Instance(global, args);

/** A global as a file names it. */
export interface GlobalName {
  readonly module: string;
  readonly name: string;
}

/** The globals that files may name, looked up by module and name. */
export class AllowList {
  // A space joins the two: no key has more than one, so that a module "a b" and a module "a" never meet.
  readonly #rows = new Map<string, { readonly row: GlobalRow; readonly global: Global }>();

  constructor(rows: readonly GlobalRow[]) {
    this.add(rows);
  }

  add(rows: readonly GlobalRow[]): void {
    for (const row of rows) {
      for (const module of row.modules) {
        this.#rows.set(`${module} ${row.name}`, { row, global: new Global(module, row.name, row.call) });
      }
    }
  }

  get(module: string, name: string): Global | undefined {
    return this.#rows.get(`${module} ${name}`)?.global;
  }

  /** Whether the scan calls it too. */
  scanned(module: string, name: string): boolean {
    return this.#rows.get(`${module} ${name}`)?.row.scanned === true;
  }
}
