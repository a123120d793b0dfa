// An OpenAPI 3.0 or Swagger 2.0 document behind one interface, so that the import need not tell them apart.

import { badRequest } from "../errors.js";
import { checkJsonDepth } from "../json-depth.js";
import { booleanField, type Fields, field, fieldsOf, listField, stringField, stringListField } from "./fields.js";

interface Parameter {
  readonly name: string;
  readonly location: "path" | "querystring" | "header";
  readonly required: boolean;
}

/** Content types with their schemas; a schema may be undefined. */
export type Content = readonly (readonly [contentType: string, schema: unknown])[];

export interface Document {
  readonly dialect: "openapi" | "swagger";
  readonly root: Fields;
  readonly schemas: Fields;
  readonly securitySchemes: Fields;
  /** The prefix of all paths: `/v1`, or an empty string. */
  readonly basePath: string;
  /** Follows `$ref`, when it points into the document. */
  resolve(value: unknown): Fields;
  requestContent(operation: Fields, parameters: readonly Fields[]): Content;
  responseContent(operation: Fields, response: Fields): Content;
}

/**
 * Reads the document.
 * @throws AwsError BadRequestException
 */
export function readDocument(body: Uint8Array): Document {
  const text = checkJsonDepth(Buffer.from(body).toString("utf8"), "API definition");
  const root = fieldsOf(parse(text));
  if (stringField(root, "swagger") === "2.0") return swagger2(root);
  if (stringField(root, "openapi")?.startsWith("3.")) return openapi3(root);
  throw badRequest("Invalid OpenAPI input: neither `swagger: 2.0` nor `openapi: 3.x` was found");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (/^\s*[{[]/.test(text)) {
      const reason = error instanceof Error ? error.message : String(error);
      throw badRequest(`Unable to parse API definition because of a malformed integration: ${reason}`);
    }
    throw badRequest("The local cloud imports JSON documents only: convert the YAML document to JSON first");
  }
}

/** Longest chain of references. It also ends a circular chain. */
const referencesMax = 20;
/** Longest reference that is followed, and longest server URL and variable: real ones are far shorter. */
const charactersMax = 1000;

function resolver(root: Fields): Document["resolve"] {
  return (value) => {
    let found = fieldsOf(value);
    for (let step = 0; step < referencesMax; step++) {
      const reference = stringField(found, "$ref");
      if (!reference?.startsWith("#/") || reference.length > charactersMax) return found;
      let target: unknown = root;
      for (const part of reference.slice(2).split("/")) {
        target = field(fieldsOf(target), part.replaceAll("~1", "/").replaceAll("~0", "~"));
      }
      found = fieldsOf(target);
    }
    return found;
  };
}

function openapi3(root: Fields): Document {
  const components = fieldsOf(field(root, "components"));
  const resolve = resolver(root);
  return {
    dialect: "openapi",
    root,
    schemas: fieldsOf(field(components, "schemas")),
    securitySchemes: fieldsOf(field(components, "securitySchemes")),
    basePath: serverPath(root),
    resolve,
    requestContent: (operation) => contentOf(resolve(field(operation, "requestBody"))),
    responseContent: (_operation, response) => contentOf(response),
  };
}

function contentOf(holder: Fields): Content {
  return Object.entries(fieldsOf(field(holder, "content"))).map(([contentType, media]) => [
    contentType,
    field(fieldsOf(media), "schema"),
  ]);
}

/** The path of the first server, with the default values of its variables. */
function serverPath(root: Fields): string {
  const server = fieldsOf(listField(root, "servers")[0]);
  const variables = fieldsOf(field(server, "variables"));
  const short = (value = "") => value.slice(0, charactersMax);
  const url = short(stringField(server, "url")).replace(/\{(\w+)\}/g, (_, name: string) =>
    short(stringField(fieldsOf(field(variables, name)), "default")),
  );
  return url.replace(/^[a-z]+:\/\/[^/]*/i, "");
}

function swagger2(root: Fields): Document {
  const resolve = resolver(root);
  const contentTypes = (operation: Fields, name: "consumes" | "produces") => {
    const own = stringListField(operation, name);
    const types = own.length > 0 ? own : stringListField(root, name);
    return types.length > 0 ? types : ["application/json"];
  };
  return {
    dialect: "swagger",
    root,
    schemas: fieldsOf(field(root, "definitions")),
    securitySchemes: fieldsOf(field(root, "securityDefinitions")),
    basePath: stringField(root, "basePath") ?? "",
    resolve,
    requestContent: (operation, parameters) => {
      // Swagger 2.0 allows one body.
      const body = parameters.find((parameter) => stringField(parameter, "in") === "body");
      if (!body) return [];
      return contentTypes(operation, "consumes").map((type) => [type, field(body, "schema")] as const);
    },
    responseContent: (operation, response) => {
      const schema = field(response, "schema");
      return schema === undefined ? [] : contentTypes(operation, "produces").map((type) => [type, schema] as const);
    },
  };
}

const locations: ReadonlyMap<string, Parameter["location"]> = new Map([
  ["path", "path"],
  ["query", "querystring"],
  ["header", "header"],
]);

/**
 * The parameter as API Gateway represents it; undefined for bodies, forms and cookies, for which it has no parameters.
 */
export function parameterOf(parameter: Fields): Parameter | undefined {
  const name = stringField(parameter, "name");
  const location = locations.get(stringField(parameter, "in") ?? "");
  if (name === undefined || location === undefined) return undefined;
  return { name, location, required: location === "path" || (booleanField(parameter, "required") ?? false) };
}
