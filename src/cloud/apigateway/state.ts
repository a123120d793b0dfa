// What every operation is handed, and the ways to what it asks for: an API, a resource, a method, a stage.

import type { Method, TestInvokeMethodRequest, TestInvokeMethodResponse } from "@aws-sdk/client-api-gateway";
import type { Clock } from "../../base/index.js";
import type { Call, Handler, OperationName } from "../protocol/operation.js";
import type { Place } from "../service-interfaces.js";
import type { Collection, Store } from "../store/store.js";
import type { ApiDocument, DeploymentDocument, ResourceDocument, StageDocument } from "./documents.js";
import { badRequest, notFound } from "./errors.js";

export interface ApiGatewayState {
  readonly clock: Clock;
  readonly store: Store;
  /** Random letters and digits, in lower case. */
  readonly newId: (length: number) => string;
  /** By account, region, API id. */
  readonly apis: Collection<ApiDocument>;
  /** By account, region, API id, deployment id. */
  readonly deployments: Collection<DeploymentDocument>;
  /** By account, region, API id, stage name. */
  readonly stages: Collection<StageDocument>;
  /** Whose an API is, by its id alone: an invoke URL says no more. */
  readonly places: Collection<Place>;
  /** The CloudWatch role of an account in a region. */
  readonly accounts: Collection<{ readonly cloudwatchRoleArn?: string }>;
  /** Called after a stage of this API changed or went away: the data plane prepares it again. */
  readonly stagesChanged: (apiId: string) => void;
  /** Runs one method of the API as it is being edited. */
  readonly testInvoke: (
    api: ApiDocument,
    resourceId: string,
    input: TestInvokeMethodRequest,
    place: Place,
  ) => Promise<TestInvokeMethodResponse>;
}

export type ApiGatewayOperation<Name extends OperationName<"apigateway">> = Handler<
  "apigateway",
  Name,
  ApiGatewayState
>;

export const apiIdLength = 10;
/** Resources, deployments, models and validators have shorter ids than APIs. */
export const partIdLength = 6;

export function findApi(state: ApiGatewayState, { account, region }: Place, id: string): ApiDocument | undefined {
  return id === undefined ? undefined : state.apis.get([account, region, id]);
}

/** @throws AwsError NotFoundException */
export function requireApi(state: ApiGatewayState, call: Place, id: string): ApiDocument {
  const api = findApi(state, call, id);
  if (!api) throw notFound(`Invalid API identifier specified ${call.account}:${id}`);
  return api;
}

export function saveApi(state: ApiGatewayState, { account, region }: Place, api: ApiDocument): ApiDocument {
  state.apis.put([account, region, api.id], api);
  return api;
}

interface ResourceName {
  readonly restApiId: string;
  readonly resourceId: string;
}

interface MethodName extends ResourceName {
  readonly httpMethod: string;
}

/** @throws AwsError NotFoundException; of the resource also when there is no such API, as AWS does */
export function requireResource(state: ApiGatewayState, call: Place, { restApiId, resourceId }: ResourceName) {
  const api = findApi(state, call, restApiId);
  const resource = entryOf(api?.definition.resources, resourceId);
  if (!api || !resource) throw notFound("Invalid Resource identifier specified");
  return { api, resource };
}

/** @throws AwsError NotFoundException */
export function requireMethod(state: ApiGatewayState, call: Place, name: MethodName) {
  const found = requireResource(state, call, name);
  const method = entryOf(found.resource.methods, name.httpMethod);
  if (!method) throw notFound("Invalid Method identifier specified");
  return { ...found, method };
}

/** @throws AwsError NotFoundException */
export function requireIntegration(state: ApiGatewayState, call: Place, name: MethodName) {
  const found = requireMethod(state, call, name);
  const integration = found.method.methodIntegration;
  if (!integration) throw notFound("Invalid Integration identifier specified");
  return { ...found, integration };
}

/** The API with one resource put in place of the one with its id. */
export function withResource(api: ApiDocument, resource: ResourceDocument): ApiDocument {
  const { definition } = api;
  return { ...api, definition: { ...definition, resources: { ...definition.resources, [resource.id]: resource } } };
}

/** Stores the method, or removes it when `method` is undefined. */
export function saveMethod(
  state: ApiGatewayState,
  call: Call,
  { api, resource }: { readonly api: ApiDocument; readonly resource: ResourceDocument },
  httpMethod: string,
  method: Method | undefined,
): void {
  saveApi(state, call, withResource(api, { ...resource, methods: withEntry(resource.methods, httpMethod, method) }));
}

/** An entry by a name that a caller has sent: never something that every object inherits. */
export function entryOf<T>(entries: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return entries && Object.hasOwn(entries, name) ? entries[name] : undefined;
}

/** A copy of `entries` with this one set, or without it when `value` is undefined. */
export function withEntry<T>(
  entries: Readonly<Record<string, T>> | undefined,
  name: string,
  value: NoInfer<T> | undefined,
): Record<string, T> {
  const { [name]: _replaced, ...others } = entries ?? {};
  return value === undefined ? others : { ...others, [name]: value };
}

/** @throws AwsError NotFoundException */
export function requireStage(state: ApiGatewayState, call: Place, restApiId: string, stageName: string): StageDocument {
  const api = requireApi(state, call, restApiId);
  const stage = state.stages.get([call.account, call.region, api.id, stageName]);
  if (!stage) throw notFound("Invalid stage identifier specified");
  return stage;
}

export function saveStage(
  state: ApiGatewayState,
  { account, region }: Place,
  apiId: string,
  stage: StageDocument,
): StageDocument {
  state.stages.put([account, region, apiId, stage.stageName], stage);
  state.stagesChanged(apiId);
  return stage;
}

/** @throws AwsError BadRequestException when the stage would point nowhere */
export function checkDeployment(
  state: ApiGatewayState,
  { account, region }: Place,
  apiId: string,
  deploymentId: string,
): string {
  if (!deploymentId || !state.deployments.get([account, region, apiId, deploymentId])) {
    throw badRequest("Deployment id does not exist");
  }
  return deploymentId;
}
