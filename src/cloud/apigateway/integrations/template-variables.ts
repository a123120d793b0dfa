// `$input`, `$util` and the other variables of a mapping template.

import { headerOf, lastValues } from "../../lambda-events/index.js";
import { query } from "../jsonpath/query.js";
import { VtlError } from "../vtl/ast.js";
import { JsonError, readJson } from "../vtl/read-json.js";
import { HostObject, type JavaMap, javaValue, jsonText, textOf, type Value } from "../vtl/values.js";
import { spendText } from "../worker/budget.js";
import { escapeJavaScript, urlDecode, urlEncode } from "./escapes.js";
import type { MappingScope } from "./parameter-sources.js";

export function templateVariables(scope: MappingScope, context: JavaMap): JavaMap {
  return new Map<string, Value>([
    ["input", new TemplateInput(scope)],
    ["context", context],
    ["util", new TemplateUtil()],
    ["stageVariables", javaValue(scope.stageVariables)],
  ]);
}

class TemplateInput extends HostObject {
  readonly #scope: MappingScope;
  readonly #body: string;
  #parsed: Value | undefined;

  constructor(scope: MappingScope) {
    super();
    this.#scope = scope;
    // An empty request body reaches templates as an empty object.
    this.#body = scope.body === "" && !scope.responseHeaders ? "{}" : scope.body;
  }

  override property(name: string): Value | undefined {
    return name === "body" ? this.#body : undefined;
  }

  override call(method: string, [path]: readonly Value[]): Value | undefined {
    switch (method) {
      case "path":
        return query(this.#value(), pathText(path)) ?? null;
      case "json": {
        const found = query(this.#value(), pathText(path));
        return found === undefined ? '""' : jsonText(found);
      }
      case "params":
        return path === undefined ? this.#params() : this.#param(textOf(path));
      case "body":
        return this.#body;
      default:
        return undefined;
    }
  }

  /**
   * The body as JSON. A blank body reads as an empty object, other text that is not JSON as a string: Jayway's parser
   * is as lenient.
   */
  #value(): Value {
    if (this.#parsed === undefined) {
      try {
        this.#parsed = this.#body.trim() === "" ? new Map() : readJson(this.#body);
      } catch (error) {
        if (!(error instanceof JsonError)) throw error;
        if (/^\s*[[{]/.test(this.#body)) throw new VtlError(`Could not parse body: ${error.message}`);
        this.#parsed = this.#body;
      }
    }
    return this.#parsed;
  }

  #params(): Value {
    const { pathParameters, query, headers } = this.#scope;
    return javaValue({ path: pathParameters, querystring: lastValues(query), header: lastValues(headers) });
  }

  /** Searched in the path, then in the query, then in the headers. */
  #param(name: string): Value {
    const { pathParameters, query, headers } = this.#scope;
    if (Object.hasOwn(pathParameters, name)) return pathParameters[name] ?? null;
    return query.get(name)?.at(-1) ?? headerOf(headers, name) ?? null;
  }
}

function pathText(path: Value | undefined): string {
  return path === undefined || path === null ? "$" : textOf(path);
}

class TemplateUtil extends HostObject {
  override call(method: string, [value = null]: readonly Value[]): Value | undefined {
    if (value === null) return null;
    const text = textOf(value);
    // Escaping makes up to six characters of one.
    spendText(text.length * 8);
    switch (method) {
      case "escapeJavaScript":
        return escapeJavaScript(text);
      case "parseJson":
        return parseJson(text);
      case "urlEncode":
        return urlEncode(text);
      case "urlDecode":
        return urlDecode(text);
      case "base64Encode":
        return Buffer.from(text, "utf8").toString("base64");
      case "base64Decode":
        return Buffer.from(text, "base64").toString("utf8");
      default:
        return undefined;
    }
  }
}

function parseJson(text: string): Value {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof JsonError) throw new VtlError(error.message);
    throw error;
  }
}
