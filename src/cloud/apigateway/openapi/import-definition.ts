// A document becomes an API: models, validators, gateway responses, and a resource for each part of each path.

import type { GatewayResponse, RequestValidator } from "@aws-sdk/client-api-gateway";
import { AwsError } from "../../protocol/aws-error.js";
import type { ApiDefinition, ResourceDocument } from "../documents.js";
import { defaultTemplates, gatewayResponseTypes, isGatewayResponseType } from "../gateway-response-types.js";
import { checkIntegration } from "../operations/integration/integration.js";
import { checkContentTypes, checkResponseMapping } from "../operations/integration/mapping.js";
import { checkMethod } from "../operations/method/method.js";
import { checkPathPart, joinPath } from "../operations/resource/resource.js";
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

export type BasePathMode = "ignore" | "prepend" | "split";

export interface ImportOptions {
  readonly apiId: string;
  readonly basePathMode: BasePathMode;
  /** Random ids for what the document names in other ways. */
  readonly newPartId: () => string;
  /** Resources that were there before keep their ids. */
  readonly idsByPath: ReadonlyMap<string, string>;
}

export interface Imported {
  readonly definition: ApiDefinition;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const anyMethod = "x-amazon-apigateway-any-method";
const httpMethods = ["get", "put", "post", "delete", "options", "head", "patch", anyMethod];

/** `base` with everything of the document put over it. Whether errors and warnings stop the import is the caller's to say. */
export function importDefinition(document: Document, base: ApiDefinition, options: ImportOptions): Imported {
  const run = new Import(document, base, options);
  run.paths();
  return { definition: run.definition, errors: [...run.models.errors, ...run.errors], warnings: run.warnings };
}

class Import {
  readonly models: ImportedModels;
  readonly errors: string[] = [];
  readonly warnings: string[] = [];
  readonly #document: Document;
  readonly #options: ImportOptions;
  readonly #validators: Map<string, string>;
  #definition: ApiDefinition;

  constructor(document: Document, base: ApiDefinition, options: ImportOptions) {
    this.#document = document;
    this.#options = options;
    this.models = new ImportedModels(base.models, options.apiId, options.newPartId);
    this.models.addNamed(document.schemas);
    const validators = importValidators(document.root, base.validators, options.newPartId);
    this.#validators = new Map(Object.values(validators).map(({ name = "", id = "" }) => [name, id]));
    this.#definition = { ...base, ...settingsOf(document.root), validators };
    this.#definition = { ...this.#definition, gatewayResponses: this.#gatewayResponses(base.gatewayResponses) };
  }

  get definition(): ApiDefinition {
    return { ...this.#definition, models: this.models.models };
  }

  paths(): void {
    for (const [path, item] of Object.entries(fieldsOf(field(this.#document.root, "paths")))) {
      if (!path.startsWith("/")) continue;
      const id = this.#attempt(`Unable to create resource at path '${path}'`, () => this.#resource(path));
      const fields = this.#document.resolve(item);
      for (const name of id === undefined ? [] : httpMethods) {
        const operation = field(fields, name);
        if (operation === undefined) continue;
        this.#method(id!, path, name === anyMethod ? "ANY" : name.toUpperCase(), fieldsOf(operation), fields);
      }
    }
  }

  /** The id of the resource at the path, made with all above it where it is not there. */
  #resource(path: string): string {
    let parent = this.#definition.resources[this.#definition.rootResourceId]!;
    for (const pathPart of partsOf(this.#prefix() + path)) {
      const known = Object.values(this.#definition.resources).find(
        (resource) => resource.parentId === parent.id && resource.pathPart === pathPart,
      );
      parent = known ?? this.#newResource(parent, pathPart);
    }
    return parent.id;
  }

  #newResource(parent: ResourceDocument, pathPart: string): ResourceDocument {
    checkPathPart(this.#definition, parent, pathPart);
    const path = joinPath(parent, pathPart);
    const id = this.#options.idsByPath.get(path) ?? this.#options.newPartId();
    const resource: ResourceDocument = { id, parentId: parent.id, pathPart, path, methods: {} };
    this.#put(resource);
    return resource;
  }

  #put(resource: ResourceDocument): void {
    this.#definition = {
      ...this.#definition,
      resources: { ...this.#definition.resources, [resource.id]: resource },
    };
  }

  /** What the base path adds before every path. */
  #prefix(): string {
    const { basePath } = this.#document;
    switch (this.#options.basePathMode) {
      case "ignore":
        return "";
      case "prepend":
        return basePath;
      case "split":
        return `/${partsOf(basePath).slice(1).join("/")}`;
    }
  }

  #method(resourceId: string, path: string, httpMethod: string, operation: Fields, item: Fields): void {
    const source = {
      document: this.#document,
      models: this.models,
      validators: this.#validators,
      pathParameters: listField(item, "parameters"),
    };
    const at = `on '${httpMethod}' for resource at path '${path}'`;
    const made = methodOf(httpMethod, operation, source, this.warnings);
    const method = this.#attempt(`Unable to put method '${httpMethod}' on resource at path '${path}'`, () =>
      checkMethod(this.definition, made),
    );
    if (!method) return;
    const resource = this.#definition.resources[resourceId]!;
    const fields = fieldsOf(field(operation, "x-amazon-apigateway-integration"));
    let methodIntegration = Object.keys(fields).length > 0 ? integrationOf(fields, resourceId) : undefined;
    if (methodIntegration) {
      const checked = methodIntegration;
      methodIntegration = this.#attempt(`Unable to put integration ${at}`, () => {
        checkIntegration(method, checked);
        for (const [statusCode, response] of Object.entries(checked.integrationResponses ?? {})) {
          checkContentTypes(response.responseTemplates);
          checkResponseMapping(method, statusCode, response.responseParameters);
        }
        return checked;
      });
    } else if (Object.keys(fields).length > 0) {
      this.errors.push(`Unable to put integration ${at}: Invalid integration type '${stringField(fields, "type")}'`);
    }
    this.#put({ ...resource, methods: { ...resource.methods, [httpMethod]: { ...method, methodIntegration } } });
  }

  #gatewayResponses(before: ApiDefinition["gatewayResponses"]): Record<string, GatewayResponse> {
    const responses = { ...before };
    const asked = fieldsOf(field(this.#document.root, "x-amazon-apigateway-gateway-responses"));
    for (const [responseType, value] of Object.entries(asked)) {
      if (!isGatewayResponseType(responseType)) {
        this.warnings.push(`Invalid gateway response type '${responseType}' is ignored`);
        continue;
      }
      const fields = fieldsOf(value);
      const { status } = gatewayResponseTypes[responseType];
      responses[responseType] = {
        responseType,
        statusCode: stringField(fields, "statusCode") ?? (status === undefined ? undefined : String(status)),
        responseParameters: stringMapField(fields, "responseParameters") ?? {},
        responseTemplates: stringMapField(fields, "responseTemplates") ?? defaultTemplates,
        defaultResponse: false,
      };
    }
    return responses;
  }

  /** What `work` gives; undefined, and an error noted, when AWS's rules refuse it. */
  #attempt<T>(what: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.errors.push(`${what}: ${error.message}`);
      return undefined;
    }
  }
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

/** A validator that was there under the same name keeps its id. */
function importValidators(
  root: Fields,
  before: ApiDefinition["validators"],
  newId: () => string,
): Record<string, RequestValidator> {
  const validators = { ...before };
  for (const [name, value] of Object.entries(fieldsOf(field(root, "x-amazon-apigateway-request-validators")))) {
    const fields = fieldsOf(value);
    const id = Object.values(before).find((validator) => validator.name === name)?.id ?? newId();
    validators[id] = {
      id,
      name,
      validateRequestBody: booleanField(fields, "validateRequestBody") ?? false,
      validateRequestParameters: booleanField(fields, "validateRequestParameters") ?? false,
    };
  }
  return validators;
}

function settingsOf(root: Fields): Partial<ApiDefinition> {
  const settings: { -readonly [Key in keyof ApiDefinition]?: ApiDefinition[Key] } = {};
  const binaryMediaTypes = stringListField(root, "x-amazon-apigateway-binary-media-types");
  if (binaryMediaTypes.length > 0) settings.binaryMediaTypes = binaryMediaTypes;
  const compression = field(root, "x-amazon-apigateway-minimum-compression-size");
  if (typeof compression === "number") settings.minimumCompressionSize = compression;
  const keySource = stringField(root, "x-amazon-apigateway-api-key-source");
  if (keySource === "HEADER" || keySource === "AUTHORIZER") settings.apiKeySource = keySource;
  const endpoint = fieldsOf(field(root, "x-amazon-apigateway-endpoint-configuration"));
  const disabled = booleanField(endpoint, "disableExecuteApiEndpoint");
  if (disabled !== undefined) settings.disableExecuteApiEndpoint = disabled;
  return settings;
}
