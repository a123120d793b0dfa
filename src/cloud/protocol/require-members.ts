import { AwsError } from "./aws-error.js";
import type { CatalogEntry } from "./catalog.js";
import { constraintName, validationError } from "./constraint.js";
import type { Shape } from "./shape.js";

/**
 * Rejects input in which a required member is missing, at any depth, with the service's own message. This comes before
 * the operation looks at anything, as on AWS: a ValidationException comes before a ResourceNotFoundException.
 * @throws AwsError with the service's code for invalid input
 */
export function requireMembers(entry: CatalogEntry, shape: Shape, input: unknown): void {
  const missing = missingMembers(shape, input, "");
  if (missing.length > 0) throw missingMemberError(entry, missing);
}

function missingMemberError(entry: CatalogEntry, missing: readonly string[]): AwsError {
  if (entry.missingMember) return new AwsError(entry.invalidInput, 400, entry.missingMember(missing[0]!));
  return validationError(
    entry.invalidInput,
    missing.map((at) => ({ at, value: undefined, constraint: "Member must not be null" })),
  );
}

/** Only the value's shape decides what is looked into: a payload of bytes is never enumerated, nor is a document. */
function missingMembers(shape: Shape, value: unknown, path: string): string[] {
  switch (shape.kind) {
    case "list":
      if (!Array.isArray(value) || !canMiss(shape.element)) return [];
      return value.flatMap((element, index) => missingMembers(shape.element, element, `${path}.${index + 1}.member`));
    case "map":
      if (!isObject(value) || !canMiss(shape.value)) return [];
      return Object.entries(value).flatMap(([key, member]) =>
        missingMembers(shape.value, member, `${path}.${key}.member`),
      );
    case "structure":
      if (!isObject(value)) return [];
      return shape.members.flatMap((member) => {
        const at = `${path === "" ? "" : `${path}.`}${constraintName(member.name)}`;
        const found = value[member.name];
        if (found === undefined) return member.required ? [at] : [];
        return missingMembers(member.shape, found, at);
      });
    default:
      return [];
  }
}

/** Whether values of a shape can have members: strings and numbers need no visit. */
function canMiss({ kind }: Shape): boolean {
  return kind === "list" || kind === "map" || kind === "structure";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
