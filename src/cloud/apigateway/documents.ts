// What API Gateway keeps: one document for each REST API, each deployment (the API as it was) and each stage.

import type {
  ApiKeySourceType,
  EndpointConfiguration,
  GatewayResponse,
  Method,
  Model,
  RequestValidator,
  Stage,
} from "@aws-sdk/client-api-gateway";

export interface ResourceDocument {
  readonly id: string;
  /** Absent at the root. */
  readonly parentId?: string;
  readonly pathPart?: string;
  /** From the root: `/pets/{petId}`. */
  readonly path: string;
  /** By HTTP method, or ANY. */
  readonly methods: Readonly<Record<string, Method>>;
}

/** Everything of an API that a deployment freezes. */
export interface ApiDefinition {
  readonly rootResourceId: string;
  readonly resources: Readonly<Record<string, ResourceDocument>>;
  /** By name. */
  readonly models: Readonly<Record<string, Model>>;
  /** By id. */
  readonly validators: Readonly<Record<string, RequestValidator>>;
  /** Only those that were customized, by response type. */
  readonly gatewayResponses: Readonly<Record<string, GatewayResponse>>;
  readonly binaryMediaTypes?: readonly string[];
  readonly minimumCompressionSize?: number;
  readonly apiKeySource: ApiKeySourceType;
  /** Takes effect with the next deployment, as at AWS. */
  readonly disableExecuteApiEndpoint: boolean;
}

export interface ApiDocument {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  readonly createdMs: number;
  readonly endpointConfiguration: EndpointConfiguration;
  readonly policy?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly definition: ApiDefinition;
}

export interface DeploymentDocument {
  readonly id: string;
  readonly description?: string;
  readonly createdMs: number;
  readonly definition: ApiDefinition;
}

export interface StageDocument extends Omit<Stage, "stageName" | "deploymentId" | "createdDate" | "lastUpdatedDate"> {
  readonly stageName: string;
  readonly deploymentId: string;
  readonly createdMs: number;
  readonly updatedMs: number;
}
