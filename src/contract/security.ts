// How callers authorize, in the terms of OpenAPI.

export interface Security {
  /** Schemes by their name, as members of `components.securitySchemes`. */
  readonly schemes: Readonly<Record<string, SecurityScheme>>;
  /** All of them are required: the scopes by scheme. */
  readonly requirement: Readonly<Record<string, readonly string[]>>;
}

export interface SecurityScheme {
  readonly type: "apiKey";
  readonly name: string;
  readonly in: "header";
  readonly description?: string;
}

/** An API key in the header that API Gateway reads it from. */
export const apiKeyScheme: SecurityScheme = {
  type: "apiKey",
  name: "x-api-key",
  in: "header",
  description: "An API key of the API's usage plan.",
};

/** Requests signed with AWS Signature Version 4. */
export const iamScheme: SecurityScheme = {
  type: "apiKey",
  name: "Authorization",
  in: "header",
  description: "An AWS Signature Version 4 of the service execute-api, or lambda for a function URL.",
};
