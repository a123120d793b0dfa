// An upper bound of the work that it takes to validate a body against a schema, from the schema and the body's size alone.

/** In-place and child applicators of draft 4, by the form of their value. */
const schemaKeywords = ["items", "additionalItems", "additionalProperties", "not"];
const listKeywords = ["allOf", "anyOf", "oneOf", "items"];
const mapKeywords = ["properties", "patternProperties", "dependencies"];

/** Applicators by which several schemas apply to the same value. */
const branchingKeywords = ["allOf", "anyOf", "oneOf", "not", "patternProperties", "dependencies"];

/** Applicators by which one schema applies to any number of values. All others apply to one value for each value of the schema. */
const repeatingKeywords = ["items", "additionalItems", "additionalProperties", "patternProperties"];

/** Expansions beyond this are as good as infinite. */
const expandedMax = 1_000_000;
/** A value takes at least two characters of JSON. */
const charactersPerValue = 2;
/** JSON.parse and the copy of a body. */
const charactersPerStep = 8;

export interface SchemaCost {
  /** Subschemas that can apply, references written out: how often one value can be evaluated. */
  readonly evaluations: number;
  /** Whether the number of evaluated values grows with the body. */
  readonly repeats: boolean;
  /** Whether arrays are searched for equal items, which takes quadratic time. */
  readonly comparesItems: boolean;
}

/** @param resolve the schema that a `$ref` names; undefined when it does not exist */
export function schemaCost(schema: unknown, resolve: (reference: string) => unknown): SchemaCost {
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  let isRecursive = false;
  let isBranching = false;
  let repeats = false;
  let comparesItems = false;

  function expanded(value: unknown): number {
    if (typeof value !== "object" || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    if (open.has(value)) {
      isRecursive = true;
      return 1;
    }
    open.add(value);
    const members = Object.entries(value);
    let size = 1 + members.length;
    for (const [keyword, member] of members) {
      if (keyword === "uniqueItems" && member === true) comparesItems = true;
      if (branchingKeywords.includes(keyword)) isBranching = true;
      if (repeatingKeywords.includes(keyword)) repeats = true;
      if (keyword === "$ref" && typeof member === "string") size += expanded(resolve(member));
      else size += subschemas(keyword, member).reduce<number>((sum, one) => sum + expanded(one), 0);
      if (keyword === "enum" && Array.isArray(member)) size += member.length;
    }
    open.delete(value);
    size = Math.min(size, expandedMax);
    sizes.set(value, size);
    return size;
  }

  const evaluations = expanded(schema);
  // Where a schema contains itself and branches, the number of evaluations is exponential in the body's depth.
  return {
    evaluations: isRecursive && isBranching ? expandedMax : evaluations,
    repeats: repeats || isRecursive,
    comparesItems,
  };
}

function subschemas(keyword: string, member: unknown): unknown[] {
  if (Array.isArray(member)) return listKeywords.includes(keyword) ? member : [];
  if (typeof member !== "object" || member === null) return [];
  if (mapKeywords.includes(keyword)) return Object.values(member);
  return schemaKeywords.includes(keyword) ? [member] : [];
}

/** Steps of the budget for validating a body of this many bytes. */
export function validationSteps({ evaluations, repeats, comparesItems }: SchemaCost, bytes: number): number {
  const comparisons = comparesItems ? (bytes * bytes) / charactersPerStep : 0;
  // An evaluation that fails takes about two steps, one that succeeds a tenth.
  const values = repeats ? bytes / charactersPerValue : 1;
  return values * evaluations + bytes / charactersPerStep + comparisons;
}
