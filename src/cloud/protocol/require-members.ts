import { AwsError } from "./aws-error.js";
import type { CatalogEntry } from "./catalog.js";
import { constraintName, validationError } from "./constraint.js";
import type { Shape } from "./shape.js";

/**
 * Refuses input in which a required member is missing, at any depth, in the service's own words. This comes before the operation looks at
 * anything, as AWS does it: a ValidationException comes before a ResourceNotFoundException.
 */
export function requireMembers(entry: CatalogEntry, shape: Shape, input: unknown): void {
  const missing = missingMembers(shape, input, "");
  if (missing.length > 0) throw refusal(entry, missing);
}

function refusal(entry: CatalogEntry, missing: readonly string[]): AwsError {
  if (entry.missingMember) return new AwsError(entry.invalidInput, 400, entry.missingMember(missing[0]!));
  return validationError(
    entry.invalidInput,
    missing.map((at) => ({ at, value: undefined, constraint: "Member must not be null" })),
  );
}

function missingMembers(shape: Shape, value: unknown, path: string): string[] {
  if (shape.kind === "list" && Array.isArray(value))
    return value.flatMap((element, index) => missingMembers(shape.element, element, `${path}.${index + 1}.member`));
  if (typeof value !== "object" || value === null) return [];
  const members: Readonly<Record<string, unknown>> = { ...value };
  if (shape.kind === "map")
    return Object.entries(members).flatMap(([key, member]) =>
      missingMembers(shape.value, member, `${path}.${key}.member`),
    );
  if (shape.kind !== "structure") return [];
  return shape.members.flatMap((member) => {
    const at = `${path === "" ? "" : `${path}.`}${constraintName(member.name)}`;
    const found = members[member.name];
    if (found === undefined) return member.required ? [at] : [];
    return missingMembers(member.shape, found, at);
  });
}
