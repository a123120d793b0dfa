// restJson1: an operation is a method and a path. Traits say which members are in path labels, query, headers and body.

import type { HttpReply, HttpRequest } from "../http.js";
import { AwsError } from "./aws-error.js";
import { decodeJson, parseJsonBody } from "./decode-json.js";
import { encodeJson, shapedEntries } from "./encode-json.js";
import { createHttpRouter, type HttpMatch, type HttpRouter } from "./http-router.js";
import { decodeText, encodeText } from "./http-text.js";
import { jsonErrorBody } from "./json-error.js";
import type { Protocol } from "./protocol.js";
import type { OperationModel, ServiceModel } from "./service-model.js";
import type { Member } from "./shape.js";

const contentType = "application/json";

const routers = new WeakMap<ServiceModel, HttpRouter>();

function routerOf(model: ServiceModel): HttpRouter {
  let router = routers.get(model);
  if (!router) {
    router = createHttpRouter(model.operations.values());
    routers.set(model, router);
  }
  return router;
}

export const restJson: Protocol = {
  route(request, { model }) {
    const query = new URLSearchParams(request.query);
    const match = routerOf(model).match(request.method, request.path, query);
    if (!match) {
      throw new AwsError(
        "UnknownOperationException",
        404,
        `${model.name} has no operation for ${request.method} ${request.path}`,
      );
    }
    return { operation: match.operation, decode: () => decodeInput(match, request, query) };
  },

  encode(operation, output, _api, requestId) {
    const headers: Record<string, string> = { "content-type": contentType, "x-amzn-requestid": requestId };
    let status = operation.traits.http?.[2] ?? 200;
    if (!("members" in operation.output)) return { status, headers, body: "" };

    const body: Record<string, unknown> = {};
    let payload: HttpReply["body"] | undefined;
    for (const [member, value] of shapedEntries(operation.output, output, operation.name)) {
      const { traits, shape, name } = member;
      const path = `${operation.name}.${name}`;
      if (traits.httpResponseCode) status = Number(value);
      else if (traits.httpHeader) headers[traits.httpHeader.toLowerCase()] = encodeText(shape, value, "header", path);
      else if (traits.httpPayload) payload = encodePayload(member, value, path);
      else body[traits.jsonName ?? name] = encodeJson(shape, value, path);
    }
    const hasPayload = operation.output.members.some(({ traits }) => traits.httpPayload);
    return { status, headers, body: hasPayload ? (payload ?? "") : bodyText(operation, body, status) };
  },

  encodeError(error, { model, entry }, requestId) {
    const { status, headers, body } = jsonErrorBody(error, model.errors, entry);
    return {
      status,
      headers: {
        "content-type": contentType,
        "x-amzn-requestid": requestId,
        "x-amzn-errortype": error.code,
        ...headers,
      },
      body: JSON.stringify(body),
    };
  },
};

const noContent = 204;

function bodyText(operation: OperationModel, body: object, status: number): string {
  const hasBody = "members" in operation.output && operation.output.members.some(isInBody);
  return hasBody && status !== noContent ? JSON.stringify(body) : "";
}

function isInBody({ traits }: Member): boolean {
  return !(
    traits.httpLabel ||
    traits.httpHeader ||
    traits.httpQuery ||
    traits.httpQueryParams ||
    traits.httpPayload ||
    traits.httpResponseCode
  );
}

function encodePayload({ shape }: Member, value: unknown, path: string): Uint8Array | string {
  if (shape.kind === "blob" && value instanceof Uint8Array) return value;
  if (shape.kind === "string" && typeof value === "string") return value;
  return JSON.stringify(encodeJson(shape, value, path));
}

function decodeInput({ operation, labels }: HttpMatch, request: HttpRequest, query: URLSearchParams): object {
  if (!("members" in operation.input)) return {};
  const { members } = operation.input;
  const named = new Set(members.map(({ traits }) => traits.httpQuery));
  let body: object | undefined;
  /** A member of the body, which is parsed on first use: an input without body members accepts any body. */
  const bodyMember = (member: Member): unknown => {
    body ??= jsonBodyOf(members, request.body);
    return Object.getOwnPropertyDescriptor(body, member.name)?.value;
  };
  const decodeMember = (member: Member): unknown => {
    const { name, traits, shape } = member;
    if (traits.httpLabel) return decodeText(shape, labels[name], "query");
    if (traits.httpHeader) return decodeText(shape, request.headers[traits.httpHeader.toLowerCase()], "header");
    if (traits.httpQuery) {
      const values = query.getAll(traits.httpQuery);
      return shape.kind === "list"
        ? emptyAsAbsent(values.map((value) => decodeText(shape.element, value, "query")))
        : decodeText(shape, values[0], "query");
    }
    if (traits.httpQueryParams) return Object.fromEntries([...query].filter(([key]) => !named.has(key)));
    if (traits.httpPayload) return decodePayload(member, request.body);
    return bodyMember(member);
  };
  return Object.fromEntries(
    members.map((member) => [member.name, decodeMember(member)] as const).filter(([, value]) => value !== undefined),
  );
}

function jsonBodyOf(members: readonly Member[], body: Uint8Array): object {
  const inBody = { kind: "structure" as const, name: "body", traits: {}, members: members.filter(isInBody) };
  return Object(decodeJson(inBody, parseJsonBody(body)));
}

function decodePayload({ shape }: Member, body: Uint8Array): unknown {
  if (shape.kind === "blob") return body.length > 0 ? body : undefined;
  if (shape.kind === "string") return body.length > 0 ? new TextDecoder().decode(body) : undefined;
  return decodeJson(shape, parseJsonBody(body));
}

function emptyAsAbsent(values: readonly unknown[]): readonly unknown[] | undefined {
  return values.length > 0 ? values : undefined;
}
