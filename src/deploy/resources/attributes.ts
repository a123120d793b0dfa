// A resource's attributes as data: their desired values, and how they differ from the current ones. Plans, updates and
// reports are derived from these tables.

import type { DesiredState } from "../desired-state.js";
import { DeployError } from "../errors.js";
import type { Outputs } from "./resource.js";

type AttributeValue = string | number;

/** The value of an attribute that refers to a resource that does not exist yet. */
export const knownAfterApply = Symbol("known after apply");

interface Attribute<Value extends AttributeValue> {
  /** "memory" */
  readonly label: string;
  /** The value as plan text: 512 is "512 MB". */
  readonly text?: (value: Value) => string;
  /** undefined: the resource should not have the attribute. */
  desired(state: DesiredState, outputs: Outputs): Value | typeof knownAfterApply | undefined;
  /** Only set on creation: a value that the account's owner has chosen is kept. */
  readonly isKept?: (state: DesiredState) => boolean;
}

/** A row for each attribute of a resource. */
export type AttributeTable<Attributes> = {
  readonly [Name in keyof Attributes]-?: Attribute<NonNullable<Attributes[Name]> & AttributeValue>;
};

/** One attribute that changes: added without `from`, removed without `to`. */
export interface Change {
  readonly attribute: string;
  readonly from?: string;
  readonly to?: string;
}

export interface Compared<Attributes> {
  readonly changes: readonly Change[];
  /** Values that differ from the desired ones and stay as they are: "throttling 10 requests/s". */
  readonly kept: readonly string[];
  /** What the resource is after the change; undefined while a value is only known after an earlier change. */
  readonly result: Attributes | undefined;
}

/** Compares the attributes of a resource, undefined where it does not exist, with the desired ones. */
export function compare<Attributes extends object>(
  table: AttributeTable<Attributes>,
  found: Partial<Attributes> | undefined,
  state: DesiredState,
  outputs: Outputs,
): Compared<Attributes> {
  const changes: Change[] = [];
  const kept: string[] = [];
  const result: Partial<Attributes> = {};
  let isComplete = true;
  for (const name of Object.keys(table) as (keyof Attributes)[]) {
    const { label, text = String, desired, isKept } = table[name];
    const textOf = (value: unknown) => text(value as NonNullable<Attributes[typeof name]> & AttributeValue);
    const current = found?.[name];
    const desiredValue = desired(state, outputs);
    if (desiredValue === knownAfterApply) {
      isComplete = false;
      changes.push({
        attribute: label,
        ...(current === undefined ? {} : { from: textOf(current) }),
        to: "known after apply",
      });
    } else if (current !== undefined && isKept?.(state)) {
      result[name] = current;
      if (current !== desiredValue) kept.push(`${label} ${textOf(current)}`);
    } else {
      if (desiredValue !== undefined) result[name] = desiredValue as Attributes[typeof name];
      if (current !== desiredValue) {
        changes.push({
          attribute: label,
          ...(current === undefined ? {} : { from: textOf(current) }),
          ...(desiredValue === undefined ? {} : { to: textOf(desiredValue) }),
        });
      }
    }
  }
  return { changes, kept, result: isComplete ? (result as Attributes) : undefined };
}

/** "memory 512 MB -> 1024 MB", "add CORS origin *", "remove CORS origin *" */
export function changeText({ attribute, from, to }: Change): string {
  if (from === undefined) return `add ${attribute} ${to}`;
  return to === undefined ? `remove ${attribute} ${from}` : `${attribute} ${from} -> ${to}`;
}

/** @throws DeployError "aws-response-invalid": AWS's SDK types as optional what AWS always returns */
export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new DeployError("aws-response-invalid", `AWS returned no ${what}`);
  return value;
}
