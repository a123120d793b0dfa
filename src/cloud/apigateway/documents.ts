// The stored documents: one for each REST API, each deployment (a snapshot of the API) and each stage.

import type {
  ApiKeySourceType,
  EndpointConfiguration,
  GatewayResponse,
  Integration,
  IntegrationResponse,
  Method,
  Model,
  RequestValidator,
  Stage,
} from "@aws-sdk/client-api-gateway";

/** Mapping templates by content type. null is an empty template: the payload passes through unchanged. */
export type TemplateMap = Readonly<Record<string, string | null>>;

export interface IntegrationResponseDocument extends Omit<IntegrationResponse, "responseTemplates"> {
  readonly responseTemplates?: TemplateMap;
}

export interface IntegrationDocument extends Omit<Integration, "requestTemplates" | "integrationResponses"> {
  readonly requestTemplates?: TemplateMap;
  /** By status code. */
  readonly integrationResponses?: Readonly<Record<string, IntegrationResponseDocument>>;
}

export interface MethodDocument extends Omit<Method, "methodIntegration"> {
  readonly methodIntegration?: IntegrationDocument;
}

export interface ResourceDocument {
  readonly id: string;
  /** Absent for the root resource. */
  readonly parentId?: string;
  readonly pathPart?: string;
  /** The full path: `/pets/{petId}`. */
  readonly path: string;
  /** By HTTP method, or ANY. */
  readonly methods: Readonly<Record<string, MethodDocument>>;
}

/** The part of an API that a deployment snapshots. */
export interface ApiDefinition {
  readonly rootResourceId: string;
  readonly resources: Readonly<Record<string, ResourceDocument>>;
  /** By name. */
  readonly models: Readonly<Record<string, Model>>;
  /** By id. */
  readonly validators: Readonly<Record<string, RequestValidator>>;
  /** Only the customized ones, by response type. */
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
