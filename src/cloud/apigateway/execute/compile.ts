// A deployment made ready to answer: a router, and for each method what its requests need, read and compiled once.

import type {
  ApiDefinition,
  IntegrationDocument as Integration,
  IntegrationResponseDocument as IntegrationResponse,
  MethodDocument as Method,
  ResourceDocument,
} from "../documents.js";
import { javaRegex } from "../java-regex.js";
import { type BodyValidators, bodyValidators } from "./body-validators.js";
import { mediaTypeMatcher } from "./media-types.js";
import { Router } from "./router.js";
import { type Templates, templatesOf } from "./template.js";

export interface CompiledResponse {
  readonly statusCode: string;
  /** undefined: this is the default response. Throws JavaRegexError when the pattern is none. */
  readonly selects: ((text: string) => boolean) | undefined;
  readonly document: IntegrationResponse;
  readonly templates: Templates;
}

export interface CompiledIntegration {
  readonly document: Integration;
  readonly templates: Templates;
  readonly responses: readonly CompiledResponse[];
}

export interface CompiledMethod {
  readonly resource: ResourceDocument;
  /** POST, or ANY. */
  readonly document: Method;
  readonly validatesBody: boolean;
  /** `method.request.header.x`, in the order in which they were set; undefined: parameters are not validated. */
  readonly requiredParameters: readonly string[] | undefined;
  readonly integration: CompiledIntegration | undefined;
}

export interface CompiledApi {
  readonly definition: ApiDefinition;
  readonly router: Router<ReadonlyMap<string, CompiledMethod>>;
  readonly bodyValidators: BodyValidators;
  readonly isBinary: (contentType: string | undefined) => boolean;
}

export function compileApi(definition: ApiDefinition): CompiledApi {
  const compiled = new Map(
    Object.values(definition.resources).map((resource) => [
      resource.id,
      new Map(
        Object.entries(resource.methods).map(([name, method]) => [name, compileMethod(definition, resource, method)]),
      ),
    ]),
  );
  return {
    definition,
    router: new Router(Object.values(definition.resources), ({ id }) => compiled.get(id) ?? new Map()),
    bodyValidators: bodyValidators(definition.models),
    isBinary: mediaTypeMatcher(definition.binaryMediaTypes ?? []),
  };
}

export function compileMethod(definition: ApiDefinition, resource: ResourceDocument, document: Method): CompiledMethod {
  const validator = definition.validators[document.requestValidatorId ?? ""];
  const required = Object.entries(document.requestParameters ?? {}).filter(([, isRequired]) => isRequired);
  return {
    resource,
    document,
    validatesBody: validator?.validateRequestBody ?? false,
    requiredParameters: validator?.validateRequestParameters ? required.map(([name]) => name) : undefined,
    integration: document.methodIntegration && compileIntegration(document.methodIntegration),
  };
}

function compileIntegration(document: Integration): CompiledIntegration {
  const responses = Object.entries(document.integrationResponses ?? {}).sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return {
    document,
    templates: templatesOf(document.requestTemplates),
    responses: responses.map(([statusCode, response]) => ({
      statusCode,
      selects: response.selectionPattern ? lazyMatcher(response.selectionPattern) : undefined,
      document: response,
      templates: templatesOf(response.responseTemplates),
    })),
  };
}

/** The pattern must match the whole text, as Java's `matches` asks. */
function lazyMatcher(pattern: string): (text: string) => boolean {
  let compiled: RegExp | undefined;
  return (text) => {
    compiled ??= javaRegex(pattern, { whole: true });
    return compiled.test(text);
  };
}
