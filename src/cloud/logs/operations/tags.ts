// Tags of log groups: by ARN, and by name in the deprecated operations that clients still use.

import type { Call, Handler } from "../../protocol/operation.js";
import { groupNameOfArn, withoutTags, withTags } from "../names.js";
import type { LogsState } from "../state.js";
import { requireGroup } from "../streams.js";

type Tags = Readonly<Record<string, string>>;

/** The log group, by ARN or by name. */
type Tagged = { readonly arn: string } | { readonly name: string };

function readTags(state: LogsState, call: Call, tagged: Tagged): Tags {
  return requireGroup(state, call, nameOf(tagged)).tags;
}

function addTags(state: LogsState, call: Call, tagged: Tagged, added: Tags): void {
  change(state, call, tagged, (tags) => withTags(tags, added));
}

function removeTags(state: LogsState, call: Call, tagged: Tagged, keys: readonly string[]): void {
  change(state, call, tagged, (tags) => withoutTags(tags, keys));
}

function change(state: LogsState, call: Call, tagged: Tagged, changed: (tags: Tags) => Tags): void {
  const group = requireGroup(state, call, nameOf(tagged));
  state.groups.put([call.account, call.region, group.name], { ...group, tags: changed(group.tags) });
}

function nameOf(tagged: Tagged): string {
  return "arn" in tagged ? groupNameOfArn(tagged.arn) : tagged.name;
}

export const tagResource: Handler<"logs", "TagResource", LogsState> = ({ resourceArn, tags }, state, call) => {
  addTags(state, call, { arn: resourceArn }, tags);
  return {};
};

export const untagResource: Handler<"logs", "UntagResource", LogsState> = ({ resourceArn, tagKeys }, state, call) => {
  removeTags(state, call, { arn: resourceArn }, tagKeys);
  return {};
};

export const listTagsForResource: Handler<"logs", "ListTagsForResource", LogsState> = (
  { resourceArn },
  state,
  call,
) => ({
  tags: readTags(state, call, { arn: resourceArn }),
});

/** Replaced by TagResource in 2022. */
export const tagLogGroup: Handler<"logs", "TagLogGroup", LogsState> = ({ logGroupName, tags }, state, call) => {
  addTags(state, call, { name: logGroupName }, tags);
  return {};
};

/** Replaced by UntagResource in 2022. */
export const untagLogGroup: Handler<"logs", "UntagLogGroup", LogsState> = ({ logGroupName, tags }, state, call) => {
  removeTags(state, call, { name: logGroupName }, tags);
  return {};
};

/** Replaced by ListTagsForResource in 2022. */
export const listTagsLogGroup: Handler<"logs", "ListTagsLogGroup", LogsState> = ({ logGroupName }, state, call) => ({
  tags: readTags(state, call, { name: logGroupName }),
});
