// Tags of log groups: by ARN today, by name in operations that clients still send.

import type { Call } from "../protocol/operation.js";
import { groupNameOfArn, withoutTags, withTags } from "./names.js";
import type { LogsState } from "./state.js";
import { findGroup } from "./streams.js";

type Tags = Readonly<Record<string, string>>;

/** The log group whose tags are meant. */
export type Tagged = { readonly arn: string } | { readonly name: string };

export function readTags(state: LogsState, call: Call, tagged: Tagged): Tags {
  return findGroup(state, call, nameOf(tagged)).tags;
}

export function addTags(state: LogsState, call: Call, tagged: Tagged, added: Tags): void {
  change(state, call, tagged, (tags) => withTags(tags, added));
}

export function removeTags(state: LogsState, call: Call, tagged: Tagged, keys: readonly string[]): void {
  change(state, call, tagged, (tags) => withoutTags(tags, keys));
}

function change(state: LogsState, call: Call, tagged: Tagged, changed: (tags: Tags) => Tags): void {
  const group = findGroup(state, call, nameOf(tagged));
  state.groups.put([call.account, call.region, group.name], { ...group, tags: changed(group.tags) });
}

function nameOf(tagged: Tagged): string {
  return "arn" in tagged ? groupNameOfArn(tagged.arn) : tagged.name;
}
