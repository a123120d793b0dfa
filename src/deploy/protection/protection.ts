// What protects an API from callers: set by its owner, with the console or another tool, and kept by every deployment.

import { createHash } from "node:crypto";
import type { Authorizer } from "@aws-sdk/client-api-gateway";
import { DeployError } from "../errors.js";

/** Who may call one method. */
export interface MethodProtection {
  /** "NONE", "AWS_IAM", "CUSTOM" or "COGNITO_USER_POOLS". */
  readonly authorizationType: string;
  readonly authorizer?: Authorizer;
  readonly authorizationScopes?: readonly string[];
  readonly apiKeyRequired: boolean;
}

export interface ApiProtection {
  /**
   * By HTTP method, for the route that callers POST to; "GET /model" for another path. Open methods are left out, and
   * those of other paths with the same protection as POST, which they inherit.
   */
  readonly methods: Readonly<Record<string, MethodProtection>>;
  /** The resource policy as JSON text. */
  readonly policy?: string;
  /** "AUTHORIZER" where authorizers return the API key; undefined: the header x-api-key. */
  readonly apiKeySource?: "AUTHORIZER";
  /** Whether only custom domain names reach the API. */
  readonly isDefaultEndpointDisabled: boolean;
}

export const openApi: ApiProtection = { methods: {}, isDefaultEndpointDisabled: false };

export function isProtected(method: MethodProtection): boolean {
  return method.authorizationType !== "NONE" || method.apiKeyRequired;
}

/** The protection of one method. Those that describe the API are protected as the API's POST is. */
export function methodProtection(
  { methods }: ApiProtection,
  route: string,
  path: string,
  httpMethod: string,
): MethodProtection | undefined {
  const own = methods[protectionKey(route, path, httpMethod)];
  const method = own ?? (path !== route && httpMethod !== "OPTIONS" ? methods.POST : undefined);
  return method && isProtected(method) ? method : undefined;
}

export function protectionKey(route: string, path: string, httpMethod: string): string {
  return path === route ? httpMethod : `${httpMethod} ${path}`;
}

/** Whether two methods are protected alike. An authorizer's id is left out: importing the API may change it. */
export function isSameProtection(one: MethodProtection, other: MethodProtection): boolean {
  return canonical(comparableMethod(one)) === canonical(comparableMethod(other));
}

function comparableMethod({ authorizer, ...method }: MethodProtection): readonly unknown[] {
  const { id: _id, ...settings } = authorizer ?? {};
  return [method, settings];
}

/** The protection as plan text, by attribute. */
export interface ProtectionText {
  readonly authorization: string;
  readonly apiKey?: string;
  readonly resourcePolicy?: string;
  readonly defaultEndpoint?: string;
}

export function protectionText({ methods, policy, isDefaultEndpointDisabled }: ApiProtection): ProtectionText {
  const authorized = Object.entries(methods).filter(([, { authorizationType }]) => authorizationType !== "NONE");
  const keyed = Object.entries(methods).filter(([, { apiKeyRequired }]) => apiKeyRequired);
  return {
    authorization: authorized.map(([name, method]) => `${authorizationText(method)}${of(name)}`).join(", ") || "NONE",
    ...(keyed.length > 0 ? { apiKey: keyed.map(([name]) => `required${of(name)}`).join(", ") } : {}),
    ...(policy === undefined ? {} : { resourcePolicy: `sha256:${digest12(canonical(JSON.parse(policy)))}` }),
    ...(isDefaultEndpointDisabled ? { defaultEndpoint: "disabled" } : {}),
  };
}

/** POST is the API's one method for callers; the others are named. */
function of(httpMethod: string): string {
  return httpMethod === "POST" ? "" : ` for ${httpMethod}`;
}

function authorizationText({ authorizationType, authorizer, authorizationScopes = [] }: MethodProtection): string {
  const scopes = authorizationScopes.length > 0 ? `, scopes ${authorizationScopes.join(" ")}` : "";
  return authorizer ? `${authorizationType} (authorizer ${authorizer.name}${scopes})` : authorizationType;
}

/** 12 hex digits that are the same for the same protection; undefined for an open API. */
export function fingerprintOf({ methods, ...api }: ApiProtection): string | undefined {
  const protectedMethods = Object.entries(methods).filter(([, method]) => isProtected(method));
  if (protectedMethods.length === 0 && api.policy === undefined && !api.isDefaultEndpointDisabled) return undefined;
  const comparable = protectedMethods.map(([name, method]) => [name, ...comparableMethod(method)]);
  const policy: unknown = api.policy === undefined ? undefined : JSON.parse(api.policy);
  return digest12(canonical([comparable, { ...api, policy }]));
}

function digest12(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/** JSON with the members of objects in alphabetical order, so that equal values give equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/**
 * A resource policy as JSON text. API Gateway returns it with its quotes escaped; undefined: no policy.
 * @throws DeployError "api-protection-unknown"
 */
export function parsePolicy(text: string | undefined): string | undefined {
  if (!text) return undefined;
  for (const candidate of [text, text.replaceAll('\\"', '"')]) {
    try {
      return JSON.stringify(JSON.parse(candidate));
    } catch {
      // The other form.
    }
  }
  throw new DeployError("api-protection-unknown", `The resource policy of the API is not JSON: ${text}`);
}

/** Whether two policies are equal, in any order of their members. */
export function isSamePolicy(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonical(JSON.parse(one)) === canonical(JSON.parse(other));
}
