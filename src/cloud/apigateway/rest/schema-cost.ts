// An upper bound of what it costs to validate a body against a schema, from the schema and the size of the body alone.

/** Keywords of draft 4 with subschemas, by the form of their value. */
const schemaKeywords = ["items", "additionalItems", "additionalProperties", "not"];
const listKeywords = ["allOf", "anyOf", "oneOf", "items"];
const mapKeywords = ["properties", "patternProperties", "dependencies"];

/** Keywords by which several schemas apply to the same value. */
const branchingKeywords = ["allOf", "anyOf", "oneOf", "not", "patternProperties", "dependencies"];
/** Keywords whose subschemas apply to any number of values. */
const repeatingKeywords = ["additionalItems", "additionalProperties", "patternProperties"];
/** Keywords that scan a value, however large it is. */
const scanningKeywords = [
  ...["additionalProperties", "patternProperties", "minProperties", "maxProperties"],
  ...["minLength", "maxLength", "uniqueItems"],
];

/** More evaluations than this are as good as infinitely many. */
const evaluationsMax = 1_000_000;
/** A value takes at least two characters of JSON. */
const charactersPerValue = 2;
/** JSON.parse and the copy of a body: characters for each step of the budget. */
const charactersPerStep = 8;

export interface SchemaCost {
  /** Evaluations of keywords for each body. */
  readonly perBody: number;
  /** Evaluations of keywords for each value in the body. */
  readonly perValue: number;
  /** Whether arrays are searched for equal items, which takes quadratic time. */
  readonly comparesItems: boolean;
}

/** @param resolve the schema that a `$ref` names; undefined when it does not exist */
export function schemaCost(schema: unknown, resolve: (reference: string) => unknown): SchemaCost {
  const walk = new Walk(resolve);
  const { perBody, perValue } = walk.cost(schema);
  const { comparesItems } = walk;
  if (!walk.isRecursive) return { perBody, perValue, comparesItems };
  // Where a schema contains itself and branches, the number of evaluations is exponential in the depth of the body.
  return { perBody: 0, perValue: walk.isBranching ? evaluationsMax : perBody + perValue, comparesItems };
}

/** Steps of the budget for validating a body of this many bytes. */
export function validationSteps({ perBody, perValue, comparesItems }: SchemaCost, bytes: number): number {
  const comparisons = comparesItems ? (bytes * bytes) / charactersPerStep : 0;
  return perBody + (bytes / charactersPerValue) * perValue + bytes / charactersPerStep + comparisons;
}

interface Evaluations {
  readonly perBody: number;
  readonly perValue: number;
}

/** Counts the keywords of a schema, with references written out. */
class Walk {
  isRecursive = false;
  isBranching = false;
  comparesItems = false;
  readonly #resolve: (reference: string) => unknown;
  readonly #known = new Map<object, Evaluations>();
  readonly #open = new Set<object>();

  constructor(resolve: (reference: string) => unknown) {
    this.#resolve = resolve;
  }

  cost(schema: unknown): Evaluations {
    if (typeof schema !== "object" || schema === null) return { perBody: 1, perValue: 0 };
    const known = this.#known.get(schema);
    if (known) return known;
    if (this.#open.has(schema)) {
      this.isRecursive = true;
      return { perBody: 1, perValue: 0 };
    }
    this.#open.add(schema);
    let perBody = 1;
    let perValue = 0;
    for (const [keyword, value] of Object.entries(schema)) {
      this.#note(keyword, value);
      perBody += 1 + (keyword === "enum" && Array.isArray(value) ? value.length : 0);
      if (scanningKeywords.includes(keyword)) perValue++;
      const isRepeating = repeatingKeywords.includes(keyword) || (keyword === "items" && !Array.isArray(value));
      for (const subschema of this.#subschemas(keyword, value)) {
        const inner = this.cost(subschema);
        perBody += isRepeating ? 0 : inner.perBody;
        perValue += isRepeating ? inner.perBody + inner.perValue : inner.perValue;
      }
    }
    this.#open.delete(schema);
    const evaluations = {
      perBody: Math.min(perBody, evaluationsMax),
      perValue: Math.min(perValue, evaluationsMax),
    };
    this.#known.set(schema, evaluations);
    return evaluations;
  }

  #note(keyword: string, value: unknown): void {
    if (keyword === "uniqueItems" && value === true) this.comparesItems = true;
    if (branchingKeywords.includes(keyword)) this.isBranching = true;
  }

  #subschemas(keyword: string, value: unknown): unknown[] {
    if (keyword === "$ref" && typeof value === "string") return [this.#resolve(value)];
    if (Array.isArray(value)) return listKeywords.includes(keyword) ? value : [];
    if (typeof value !== "object" || value === null) return [];
    if (mapKeywords.includes(keyword)) return Object.values(value);
    return schemaKeywords.includes(keyword) ? [value] : [];
  }
}
