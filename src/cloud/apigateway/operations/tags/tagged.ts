import type { Call } from "../../../protocol/operation.js";
import { badRequest } from "../../refusals.js";
import { type ApiGatewayState, getApi, getStageOf, putApi, putStage } from "../../state.js";

const arnPattern = /^arn:aws[a-z-]*:apigateway:[^:]+::\/restapis\/([^/]+)(?:\/stages\/([^/]+))?$/;

/** Tags as a resource has them, and how to give it others. */
interface Tagged {
  readonly tags: Readonly<Record<string, string>>;
  set(tags: Record<string, string>): void;
}

/**
 * The API or stage that an ARN names.
 * @throws AwsError BadRequestException, NotFoundException
 */
export function getTagged(state: ApiGatewayState, call: Call, arn: string | undefined): Tagged {
  const [, apiId, stageName] = arnPattern.exec(arn ?? "") ?? [];
  if (apiId === undefined) throw badRequest(`Invalid ARN specified in the request: ${arn}`);
  if (stageName === undefined) {
    const api = getApi(state, call, apiId);
    return { tags: api.tags ?? {}, set: (tags) => putApi(state, call, { ...api, tags }) };
  }
  const stage = getStageOf(state, call, apiId, stageName);
  return { tags: stage.tags ?? {}, set: (tags) => putStage(state, call, apiId, { ...stage, tags }) };
}
