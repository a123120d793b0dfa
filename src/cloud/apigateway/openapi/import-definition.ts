// A document becomes an API: models, validators, gateway responses, resources, and the methods of each path.

import type { GatewayResponse, RequestValidator } from "@aws-sdk/client-api-gateway";
import { AwsError } from "../../protocol/aws-error.js";
import type { ApiDefinition, IntegrationDocument, MethodDocument, ResourceDocument } from "../documents.js";
import { badRequest } from "../errors.js";
import { isGatewayResponseType } from "../gateway-response-types.js";
import { urlCharactersMax } from "../limits.js";
import { customizedResponse } from "../operations/gateway-response/gateway-response.js";
import { checkIntegration } from "../operations/integration/integration.js";
import { checkIntegrationResponse } from "../operations/integration-response/integration-response.js";
import { checkMethod } from "../operations/method/method.js";
import { checkResourceCount, newResource } from "../operations/resource/resource.js";
import type { Document } from "./document.js";
import {
  booleanField,
  type Fields,
  field,
  fieldsOf,
  listField,
  stringField,
  stringListField,
  stringMapField,
} from "./fields.js";
import { integrationOf } from "./import-integration.js";
import { methodOf } from "./import-method.js";
import { ImportedModels } from "./import-models.js";
import { WorkBudget } from "./work-budget.js";

export type BasePathMode = "ignore" | "prepend" | "split";

interface ImportOptions {
  readonly apiId: string;
  readonly basePathMode: BasePathMode;
  /** A random id for a resource, model or validator. */
  readonly newPartId: () => string;
  /** Resources that existed before keep their ids. */
  readonly idsByPath: ReadonlyMap<string, string>;
}

interface Imported {
  readonly definition: ApiDefinition;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const anyMethod = "x-amazon-apigateway-any-method";
const httpMethods = ["get", "put", "post", "delete", "options", "head", "patch", anyMethod];

/**
 * Adds everything in the document to `base`. Other requests are served in the meantime.
 * @throws AwsError for a document that exceeds a limit. Other errors are returned: the caller decides whether they stop
 * the import
 */
export async function importDefinition(
  document: Document,
  base: ApiDefinition,
  options: ImportOptions,
): Promise<Imported> {
  const paths = Object.entries(fieldsOf(field(document.root, "paths"))).filter(([path]) => path.startsWith("/"));
  // Each path is a resource, so that too many are rejected before any work is done.
  checkResourceCount(paths.filter(([path]) => path !== "/").length);
  const run = new Import(document, base, options);
  const resources = paths.map(([path, item]) => ({ path, item, resourceId: run.addResource(path) }));
  await run.addModels();
  for (const { path, item, resourceId } of resources) {
    if (resourceId !== undefined) await run.addMethods(resourceId, path, item);
  }
  return run.result();
}

class Import {
  readonly #document: Document;
  readonly #options: ImportOptions;
  readonly #budget = new WorkBudget();
  readonly #errors: string[] = [];
  readonly #warnings: string[] = [];
  readonly #models: ImportedModels;
  readonly #validatorIds: ReadonlyMap<string, string>;
  readonly #base: ApiDefinition;
  readonly #resources: Record<string, ResourceDocument>;
  /** Ids by the id of the parent and the path part. */
  readonly #childIds: Map<string, string>;
  readonly #prefix: string;

  constructor(document: Document, base: ApiDefinition, options: ImportOptions) {
    this.#document = document;
    this.#options = options;
    this.#models = new ImportedModels(base.models, options.apiId, options.newPartId, this.#budget);
    const validators = importValidators(document.root, base.validators, options.newPartId);
    this.#validatorIds = idsByName(validators);
    this.#base = {
      ...base,
      ...settingsOf(document.root, base),
      validators,
      gatewayResponses: this.#gatewayResponses(base.gatewayResponses),
    };
    this.#resources = { ...base.resources };
    this.#childIds = new Map(
      Object.values(base.resources).map(({ id, parentId = "", pathPart = "" }) => [`${parentId}/${pathPart}`, id]),
    );
    this.#prefix = prefixOf(document.basePath, options.basePathMode);
  }

  async addModels(): Promise<void> {
    await this.#models.addNamed(this.#document.schemas);
  }

  /**
   * Adds the resource at the path, and its parents, if they do not exist. Returns its id; undefined when it breaks a
   * rule.
   */
  addResource(path: string): string | undefined {
    return this.#collectErrors(`Unable to create resource at path '${path}'`, () => {
      let id = this.#base.rootResourceId;
      for (const [pathPart] of `${this.#prefix}${path}`.matchAll(/[^/]+/g)) {
        id = this.#childIds.get(`${id}/${pathPart}`) ?? this.#newResource(id, pathPart);
      }
      return id;
    });
  }

  /** Adds the methods of a path item. */
  async addMethods(resourceId: string, path: string, item: unknown): Promise<void> {
    const fields = this.#document.resolve(item);
    for (const name of httpMethods) {
      const operation = field(fields, name);
      if (operation === undefined) continue;
      const httpMethod = name === anyMethod ? "ANY" : name.toUpperCase();
      const method = this.#method(resourceId, path, httpMethod, fieldsOf(operation), listField(fields, "parameters"));
      const resource = this.#resources[resourceId];
      if (method && resource) {
        this.#resources[resourceId] = { ...resource, methods: { ...resource.methods, [httpMethod]: method } };
      }
      await this.#budget.pause();
    }
  }

  result(): Imported {
    return {
      definition: this.#definition(),
      errors: [...this.#models.errors, ...this.#errors],
      warnings: this.#warnings,
    };
  }

  #definition(): ApiDefinition {
    return { ...this.#base, models: this.#models.models, resources: this.#resources };
  }

  #newResource(parentId: string, pathPart: string): string {
    const parent = this.#resources[parentId];
    if (!parent) throw new Error(`Resource ${parentId} does not exist`);
    const { idsByPath, newPartId } = this.#options;
    const resource = newResource(this.#resources, parent, pathPart, (at) => idsByPath.get(at) ?? newPartId());
    this.#resources[resource.id] = resource;
    this.#childIds.set(`${parentId}/${pathPart}`, resource.id);
    return resource.id;
  }

  /** The method of an operation; undefined, with the error collected, when it breaks a rule. */
  #method(
    resourceId: string,
    path: string,
    httpMethod: string,
    operation: Fields,
    pathParameters: readonly unknown[],
  ): MethodDocument | undefined {
    this.#budget.spend(operation);
    const source = {
      document: this.#document,
      models: this.#models,
      validatorIds: this.#validatorIds,
      pathParameters,
      budget: this.#budget,
    };
    const imported = methodOf(httpMethod, operation, source, this.#warnings);
    const method = this.#collectErrors(`Unable to put method '${httpMethod}' on resource at path '${path}'`, () =>
      checkMethod(this.#definition(), imported),
    );
    if (!method) return undefined;
    const fields = fieldsOf(field(operation, "x-amazon-apigateway-integration"));
    if (Object.keys(fields).length === 0) return method;
    const methodIntegration = this.#collectErrors(
      `Unable to put integration on '${httpMethod}' for resource at path '${path}'`,
      () => checkedIntegration(method, fields, resourceId),
    );
    return { ...method, methodIntegration };
  }

  #gatewayResponses(before: ApiDefinition["gatewayResponses"]): Record<string, GatewayResponse> {
    const responses = { ...before };
    const imported = fieldsOf(field(this.#document.root, "x-amazon-apigateway-gateway-responses"));
    for (const [responseType, value] of Object.entries(imported)) {
      if (!isGatewayResponseType(responseType)) {
        this.#warnings.push(`Invalid gateway response type '${responseType}' is ignored`);
        continue;
      }
      const fields = fieldsOf(value);
      responses[responseType] = customizedResponse(responseType, {
        statusCode: stringField(fields, "statusCode"),
        responseParameters: stringMapField(fields, "responseParameters"),
        responseTemplates: stringMapField(fields, "responseTemplates"),
      });
    }
    return responses;
  }

  /**
   * Returns what `work` returns; undefined, with the error collected, when it throws a BadRequestException or the like.
   */
  #collectErrors<T>(what: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof AwsError) || error.code === "LimitExceededException") throw error;
      this.#errors.push(`${what}: ${error.message}`);
      return undefined;
    }
  }
}

/** @throws AwsError BadRequestException */
function checkedIntegration(method: MethodDocument, fields: Fields, resourceId: string): IntegrationDocument {
  const integration = integrationOf(fields, resourceId);
  if (!integration) throw badRequest(`Invalid integration type '${stringField(fields, "type")}'`);
  checkIntegration(method, integration);
  for (const [statusCode, response] of Object.entries(integration.integrationResponses ?? {})) {
    checkIntegrationResponse(method, statusCode, response);
  }
  return integration;
}

/**
 * What the base path adds in front of every path.
 * @throws AwsError BadRequestException
 */
function prefixOf(basePath: string, mode: BasePathMode): string {
  if (mode === "ignore") return "";
  if (basePath.length > urlCharactersMax) throw badRequest(`Base path is longer than ${urlCharactersMax} characters`);
  if (mode === "prepend") return basePath;
  const [, ...rest] = basePath.split("/").filter((part) => part !== "");
  return `/${rest.join("/")}`;
}

function idsByName(validators: ApiDefinition["validators"]): Map<string, string> {
  return new Map(Object.values(validators).map(({ name = "", id = "" }) => [name, id]));
}

/** Validators that existed before under the same name keep their ids. */
function importValidators(
  root: Fields,
  before: ApiDefinition["validators"],
  newId: () => string,
): Record<string, RequestValidator> {
  const validators = { ...before };
  const ids = idsByName(before);
  for (const [name, value] of Object.entries(fieldsOf(field(root, "x-amazon-apigateway-request-validators")))) {
    const fields = fieldsOf(value);
    const id = ids.get(name) ?? newId();
    validators[id] = {
      id,
      name,
      validateRequestBody: booleanField(fields, "validateRequestBody") ?? false,
      validateRequestParameters: booleanField(fields, "validateRequestParameters") ?? false,
    };
  }
  return validators;
}

function settingsOf(root: Fields, base: ApiDefinition): Partial<ApiDefinition> {
  const settings: { -readonly [Key in keyof ApiDefinition]?: ApiDefinition[Key] } = {};
  const binaryMediaTypes = stringListField(root, "x-amazon-apigateway-binary-media-types");
  if (binaryMediaTypes.length > 0) {
    settings.binaryMediaTypes = [...new Set([...(base.binaryMediaTypes ?? []), ...binaryMediaTypes])];
  }
  const compression = field(root, "x-amazon-apigateway-minimum-compression-size");
  if (typeof compression === "number") settings.minimumCompressionSize = compression;
  const keySource = stringField(root, "x-amazon-apigateway-api-key-source");
  if (keySource === "HEADER" || keySource === "AUTHORIZER") settings.apiKeySource = keySource;
  const endpoint = fieldsOf(field(root, "x-amazon-apigateway-endpoint-configuration"));
  const disabled = booleanField(endpoint, "disableExecuteApiEndpoint");
  if (disabled !== undefined) settings.disableExecuteApiEndpoint = disabled;
  return settings;
}
