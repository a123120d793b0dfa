import type { Call } from "../../../protocol/operation.js";
import { badRequest } from "../../errors.js";
import { type ApiGatewayState, requireApi, requireStage, saveApi, saveStage } from "../../state.js";

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
export function requireTagged(state: ApiGatewayState, call: Call, arn: string | undefined): Tagged {
  const [, apiId, stageName] = arnPattern.exec(arn ?? "") ?? [];
  if (apiId === undefined) throw badRequest(`Invalid ARN specified in the request: ${arn}`);
  if (stageName === undefined) {
    const api = requireApi(state, call, apiId);
    return { tags: api.tags ?? {}, set: (tags) => saveApi(state, call, { ...api, tags }) };
  }
  const stage = requireStage(state, call, apiId, stageName);
  return { tags: stage.tags ?? {}, set: (tags) => saveStage(state, call, apiId, { ...stage, tags }) };
}
