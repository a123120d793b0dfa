import type { Scalar } from "../core/model.js";

/** Values by the label of a category, as pandas' `Series.map` finds them: True is 1, and all missing values are one. */
export class LabelMap<T> {
  readonly #values = new Map<Scalar, T>();

  constructor(entries: Iterable<readonly [Scalar, T]>) {
    for (const [label, value] of entries) this.#values.set(keyOf(label), value);
  }

  get(label: Scalar): T | undefined {
    return this.#values.get(keyOf(label));
  }

  /** The labels, without the missing one. */
  get categories(): readonly Scalar[] {
    return [...this.#values.keys()].filter((label) => label !== null);
  }
}

/** The same key for labels that Python or pandas finds equal. */
export function keyOf(label: Scalar): Scalar {
  if (typeof label === "boolean") return Number(label);
  return isMissing(label) ? null : label;
}

export function isMissing(cell: Scalar): boolean {
  return cell === null || Number.isNaN(cell);
}
