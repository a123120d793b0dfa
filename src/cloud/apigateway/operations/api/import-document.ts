// What ImportRestApi and PutRestApi have in common.

import type { EndpointConfiguration, EndpointType } from "@aws-sdk/client-api-gateway";
import type { ApiDefinition } from "../../documents.js";
import { badRequest } from "../../errors.js";
import { documentBytesMax } from "../../limits.js";
import { readDocument } from "../../openapi/document.js";
import { field, fieldsOf, stringField } from "../../openapi/fields.js";
import { type BasePathMode, importDefinition } from "../../openapi/import-definition.js";
import { type ApiGatewayState, partIdLength } from "../../state.js";

interface ImportInput {
  readonly body: Uint8Array | string | undefined;
  readonly failOnWarnings?: boolean | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

interface ImportTarget {
  readonly apiId: string;
  /** The definition to which the document is added. */
  readonly base: ApiDefinition;
  /** Ids for resources that existed before. */
  readonly idsByPath: ReadonlyMap<string, string>;
}

interface ImportedApi {
  readonly definition: ApiDefinition;
  readonly name: string;
  readonly description: string | undefined;
  readonly version: string | undefined;
  readonly policy: string | undefined;
  readonly warnings: string[] | undefined;
}

/**
 * Reads the document and adds it to `base`.
 * @throws AwsError BadRequestException with one line for each error, LimitExceededException
 */
export async function importDocument(
  state: ApiGatewayState,
  input: ImportInput,
  { apiId, base, idsByPath }: ImportTarget,
): Promise<ImportedApi> {
  const bytes = Buffer.from(input.body ?? "");
  if (bytes.length > documentBytesMax) {
    throw badRequest(`API definition is ${bytes.length} bytes, at most ${documentBytesMax} are allowed`);
  }
  const document = readDocument(bytes);
  const { definition, errors, warnings } = await importDefinition(document, base, {
    apiId,
    basePathMode: basePathModeOf(input.parameters?.basepath),
    newPartId: () => state.newId(partIdLength),
    idsByPath,
  });
  if (errors.length > 0) throw badRequest(`Errors found during import:\n${indented(errors)}`);
  if (warnings.length > 0 && input.failOnWarnings) {
    throw badRequest(`Warnings found during import:\n${indented(warnings)}`);
  }
  const info = fieldsOf(field(document.root, "info"));
  const name = stringField(info, "title");
  if (!name) throw badRequest("Invalid OpenAPI input: info.title is missing");
  const policy = field(document.root, "x-amazon-apigateway-policy");
  return {
    definition,
    name,
    description: stringField(info, "description"),
    version: stringField(info, "version"),
    policy: policy === undefined ? undefined : JSON.stringify(policy),
    warnings: warnings.length > 0 ? [...warnings] : undefined,
  };
}

function indented(messages: readonly string[]): string {
  return messages.map((message) => `\t${message}`).join("\n");
}

/** @throws AwsError BadRequestException */
function basePathModeOf(mode = "ignore"): BasePathMode {
  if (mode === "ignore" || mode === "prepend" || mode === "split") return mode;
  throw badRequest(`Invalid basepath parameter specified: ${mode}. Valid options are ignore,prepend,split`);
}

/**
 * The endpoint type in the import's parameters: `endpointConfigurationTypes=REGIONAL`.
 * @throws AwsError BadRequestException
 */
export function requestedEndpoint({ parameters }: ImportInput): EndpointConfiguration | undefined {
  const types = parameters?.endpointConfigurationTypes?.split(",").map((type) => type.trim());
  const known = types?.flatMap((type): EndpointType[] =>
    type === "REGIONAL" || type === "EDGE" || type === "PRIVATE" ? [type] : [],
  );
  if (types && known?.length !== types.length) {
    throw badRequest("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
  }
  return known && { types: known };
}
