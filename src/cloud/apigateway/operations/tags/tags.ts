// GetTags, TagResource and UntagResource, for REST APIs and stages.

import type { Call } from "../../../protocol/operation.js";
import { badRequest } from "../../errors.js";
import { type ApiGatewayOperation, type ApiGatewayState, requireApi, saveApi } from "../../state.js";
import { requireStage, saveStage } from "../stage/stage.js";

export const getTags: ApiGatewayOperation<"GetTags"> = ({ resourceArn }, state, call) => ({
  tags: { ...requireTagged(state, call, resourceArn).tags },
});

export const tagResource: ApiGatewayOperation<"TagResource"> = ({ resourceArn, tags }, state, call) => {
  const tagged = requireTagged(state, call, resourceArn);
  tagged.save({ ...tagged.tags, ...tags });
  return {};
};

export const untagResource: ApiGatewayOperation<"UntagResource"> = ({ resourceArn, tagKeys }, state, call) => {
  const tagged = requireTagged(state, call, resourceArn);
  tagged.save(Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !tagKeys.includes(key))));
  return {};
};

interface Tagged {
  readonly tags: Readonly<Record<string, string>>;
  save(tags: Record<string, string>): void;
}

const arnPattern = /^arn:aws[a-z-]*:apigateway:[^:]+::\/restapis\/([^/]+)(?:\/stages\/([^/]+))?$/;

/**
 * The tags of the API or stage that an ARN names.
 * @throws AwsError BadRequestException, NotFoundException
 */
function requireTagged(state: ApiGatewayState, call: Call, arn: string | undefined): Tagged {
  const [, apiId, stageName] = arnPattern.exec(arn ?? "") ?? [];
  if (apiId === undefined) throw badRequest(`Invalid ARN specified in the request: ${arn}`);
  if (stageName === undefined) {
    const api = requireApi(state, call, apiId);
    return { tags: api.tags ?? {}, save: (tags) => saveApi(state, call, { ...api, tags }) };
  }
  const stage = requireStage(state, call, apiId, stageName);
  return { tags: stage.tags ?? {}, save: (tags) => saveStage(state, call, apiId, { ...stage, tags }) };
}
