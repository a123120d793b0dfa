// Mapping templates as AWS stores and returns them: an empty template becomes null, and the payload passes through
// unchanged.

import type { Integration, IntegrationResponse, Method } from "@aws-sdk/client-api-gateway";
import type { IntegrationDocument, IntegrationResponseDocument, MethodDocument, TemplateMap } from "./documents.js";
import { badRequest } from "./errors.js";
import { omitIfEmpty } from "./state.js";

const contentTypePattern = /^(?:\$default|[\w!#&^.+*-]+\/[\w!#&^.+*-]+(?:\s*;.*)?)$/;

/** The stored form of one template. */
export const storedTemplate = (template: string): string | null => (template === "" ? null : template);

/** The stored form of the templates of a request; undefined without templates. */
export function storedTemplates(templates: Readonly<Record<string, string>> | undefined): TemplateMap | undefined {
  const entries = Object.entries(templates ?? {}).map(([contentType, text]) => [contentType, storedTemplate(text)]);
  return omitIfEmpty(Object.fromEntries(entries));
}

/** @throws AwsError BadRequestException */
export function checkContentTypes(templates: TemplateMap | undefined): void {
  for (const contentType of Object.keys(templates ?? {})) {
    if (!contentTypePattern.test(contentType)) {
      throw badRequest(`Validation Result: warnings : [], errors : [Invalid content type specified: ${contentType}]`);
    }
  }
}

// The types of the SDK do not say that AWS returns null for an empty template. Only these three functions cast it away.

export const toIntegrationResponse = (document: IntegrationResponseDocument) => document as IntegrationResponse;
export const toIntegration = (document: IntegrationDocument) => document as Integration;
export const toMethod = (document: MethodDocument) => document as Method;
