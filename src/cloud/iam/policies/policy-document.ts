// IAM's policy language, as far as this cloud uses it: documents are checked for their grammar, and trust policies
// decide who is allowed to assume a role. Conditions are checked for their form only.

import { malformedPolicy } from "../errors.js";

interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  /** Principals by kind: { Service: ["lambda.amazonaws.com"] }; { AWS: ["*"] } for `"Principal": "*"`. */
  readonly principals: Readonly<Record<string, readonly string[]>>;
}

/** Inline and managed policies define the permissions of a role; its trust policy defines who can assume it. */
type PolicyKind = "identity" | "trust";

/** AWS's quotas, in characters without white space. */
const charactersMax: Readonly<Record<PolicyKind, number>> = { identity: 10_240, trust: 2048 };
const versions: readonly unknown[] = ["2012-10-17", "2008-10-17"];
const documentElements = ["Version", "Id", "Statement"];
const statementElements = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];
const trustActions =
  /^(\*|sts:(\*|AssumeRole|AssumeRoleWithSAML|AssumeRoleWithWebIdentity|TagSession|SetSourceIdentity|SetContext))$/i;

/**
 * Parses a policy document.
 * @throws AwsError MalformedPolicyDocument
 */
export function parsePolicy(text: string, kind: PolicyKind): Statement[] {
  if (text.replace(/\s/g, "").length > charactersMax[kind]) {
    throw malformedPolicy(`The policy is longer than ${charactersMax[kind]} characters, white space not counted.`);
  }
  const document = asObject(parseJson(text));
  if (Object.keys(document).some((element) => !documentElements.includes(element))) throw syntaxError();
  if (document.Version !== undefined && !versions.includes(document.Version)) throw syntaxError();
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  if (statements.length === 0) throw syntaxError();
  return statements.map((statement: unknown) => parseStatement(asObject(statement), kind));
}

/**
 * Whether a trust policy allows a principal, such as `Service` `lambda.amazonaws.com`, to assume its role. A denial
 * wins.
 */
export function allowsAssumeRole(statements: readonly Statement[], kind: string, accepted: readonly string[]): boolean {
  const matching = statements.filter(
    ({ principals, actions }) =>
      [...(principals[kind] ?? []), ...(principals["*"] ?? [])].some((principal) => accepted.includes(principal)) &&
      actions.some((action) => /^(\*|sts:\*|sts:AssumeRole)$/i.test(action)),
  );
  return matching.some(({ effect }) => effect === "Allow") && matching.every(({ effect }) => effect === "Allow");
}

function parseStatement(statement: Readonly<Record<string, unknown>>, kind: PolicyKind): Statement {
  if (Object.keys(statement).some((element) => !statementElements.includes(element))) throw syntaxError();
  const { Effect: effect, Condition: condition } = statement;
  if (effect !== "Allow" && effect !== "Deny") throw syntaxError();
  if (condition !== undefined) asObject(condition);
  const actions = strings(statement.Action ?? statement.NotAction);
  if (actions.length === 0) throw malformedPolicy("Policy statement must contain actions.");
  if (kind === "trust") {
    for (const field of ["Resource", "NotResource"])
      if (statement[field] !== undefined) throw malformedPolicy(`Has prohibited field ${field}`);
    if (statement.Principal === undefined && statement.NotPrincipal === undefined)
      throw malformedPolicy("Missing required field Principal");
    if (!actions.every((action) => trustActions.test(action)))
      throw malformedPolicy("AssumeRole policy may only specify STS AssumeRole actions.");
  } else {
    if (statement.Principal !== undefined || statement.NotPrincipal !== undefined)
      throw malformedPolicy("Policy document should not specify a principal.");
    if (strings(statement.Resource ?? statement.NotResource).length === 0)
      throw malformedPolicy("Policy statement must contain resources.");
  }
  return {
    effect,
    actions: statement.Action === undefined ? [] : actions,
    principals: parsePrincipals(statement.Principal),
  };
}

function parsePrincipals(principal: unknown): Statement["principals"] {
  if (principal === undefined) return {};
  if (principal === "*") return { "*": ["*"], AWS: ["*"] };
  return Object.fromEntries(Object.entries(asObject(principal)).map(([kind, value]) => [kind, strings(value)]));
}

function strings(value: unknown): string[] {
  const list: readonly unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item !== "string") throw syntaxError();
    return item;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedPolicy("This policy contains invalid Json");
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw syntaxError();
  return { ...value };
}

function syntaxError(): Error {
  return malformedPolicy("Syntax errors in policy.");
}
