// `$input`, `$util` and the other variables of a mapping template.

import { query } from "../jsonpath/query.js";
import type { Invocation } from "../rest/invocation.js";
import { headerOf, lastValues } from "../rest/request.js";
import { VtlError } from "../vtl/ast.js";
import { JsonError, readJson } from "../vtl/read-json.js";
import { HostObject, type JavaMap, javaValue, jsonText, textOf, type Value } from "../vtl/values.js";
import { escapeJavaScript, urlDecode, urlEncode } from "./escapes.js";

/** The variables of a template that maps `body`: the request's or the integration's. */
export function templateVariables(invocation: Invocation, body: string): JavaMap {
  return new Map<string, Value>([
    ["input", new TemplateInput(invocation, body)],
    ["context", invocation.context],
    ["util", new TemplateUtil()],
    ["stageVariables", javaValue(invocation.stage.variables)],
  ]);
}

class TemplateInput extends HostObject {
  readonly #invocation: Invocation;
  readonly #body: string;
  #parsed: Value | undefined;

  constructor(invocation: Invocation, body: string) {
    super();
    this.#invocation = invocation;
    this.#body = body;
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

  /** The body as JSON. An empty body reads as an empty object, and what is not JSON as a string: Jayway's reader is as lenient. */
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
    const { request, target } = this.#invocation;
    return javaValue({
      path: target?.pathParameters ?? {},
      querystring: lastValues(request.query),
      header: lastValues(request.headers),
    });
  }

  /** Looked for in the path, then the query, then the headers. */
  #param(name: string): Value {
    const { request, target } = this.#invocation;
    const path = target?.pathParameters ?? {};
    if (Object.hasOwn(path, name)) return path[name] ?? null;
    return request.query.get(name)?.at(-1) ?? headerOf(request.headers, name) ?? null;
  }
}

function pathText(path: Value | undefined): string {
  return path === undefined || path === null ? "$" : textOf(path);
}

class TemplateUtil extends HostObject {
  override call(method: string, [value = null]: readonly Value[]): Value | undefined {
    if (value === null) return null;
    const text = textOf(value);
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
