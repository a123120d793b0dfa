// The state that every operation receives, and access to the documents of REST APIs.

import type { TestInvokeMethodRequest, TestInvokeMethodResponse } from "@aws-sdk/client-api-gateway";
import type { Clock } from "../../base/index.js";
import type { Handler, OperationName, Operations } from "../protocol/operation.js";
import type { AccountRegion } from "../service-interfaces.js";
import type { Collection, Store } from "../store/store.js";
import type { ApiDefinition, ApiDocument, DeploymentDocument, StageDocument } from "./documents.js";
import { notFound } from "./errors.js";

export interface ApiGatewayState {
  readonly clock: Clock;
  readonly store: Store;
  /** Random lower-case letters and digits. */
  readonly newId: (length: number) => string;
  /** By account, region, API id. */
  readonly apis: Collection<ApiDocument>;
  /** By account, region, API id, deployment id. */
  readonly deployments: Collection<DeploymentDocument>;
  /** By account, region, API id, stage name. */
  readonly stages: Collection<StageDocument>;
  /** The account and region of an API, by its id alone: an invoke URL carries no more. */
  readonly places: Collection<AccountRegion>;
  /** The CloudWatch role of an account in a region. */
  readonly accounts: Collection<{ readonly cloudwatchRoleArn?: string }>;
  /** Called after a stage of the API was changed or deleted, so that the data plane compiles it again. */
  readonly stagesChanged: (apiId: string) => void;
  /** Invokes one method of the API as it is being edited. */
  readonly testInvoke: (
    api: ApiDocument,
    resourceId: string,
    input: TestInvokeMethodRequest,
    accountRegion: AccountRegion,
  ) => Promise<TestInvokeMethodResponse>;
}

export type ApiGatewayOperation<Name extends OperationName<"apigateway">> = Handler<
  "apigateway",
  Name,
  ApiGatewayState
>;

/** Any part of the table of operations. */
export type ApiGatewayOperations = Operations<"apigateway", ApiGatewayState>;

export const apiIdLength = 10;
/** Resources, deployments, models and validators have shorter ids than APIs. */
export const partIdLength = 6;

export function findApi(
  state: ApiGatewayState,
  { account, region }: AccountRegion,
  id: string,
): ApiDocument | undefined {
  return id === undefined ? undefined : state.apis.get([account, region, id]);
}

/** @throws AwsError NotFoundException */
export function requireApi(state: ApiGatewayState, call: AccountRegion, id: string): ApiDocument {
  const api = findApi(state, call, id);
  if (!api) throw notFound(`Invalid API identifier specified ${call.account}:${id}`);
  return api;
}

export function saveApi(state: ApiGatewayState, { account, region }: AccountRegion, api: ApiDocument): ApiDocument {
  state.apis.put([account, region, api.id], api);
  return api;
}

/** The API with some parts of its definition replaced. */
export function withDefinition(api: ApiDocument, change: Partial<ApiDefinition>): ApiDocument {
  return { ...api, definition: { ...api.definition, ...change } };
}

/** The entry under a name that a caller sent: never a property that every object inherits. */
export function entryOf<T>(entries: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return entries && Object.hasOwn(entries, name) ? entries[name] : undefined;
}

/** A copy of `entries` with this entry set, or removed when `value` is undefined. */
export function withEntry<T>(
  entries: Readonly<Record<string, T>> | undefined,
  name: string,
  value: NoInfer<T> | undefined,
): Record<string, T> {
  const { [name]: _replaced, ...others } = entries ?? {};
  return value === undefined ? others : { ...others, [name]: value };
}

/** AWS leaves empty maps out of its responses. */
export function omitIfEmpty<T extends object>(entries: T | undefined): T | undefined {
  return entries && Object.keys(entries).length > 0 ? entries : undefined;
}
