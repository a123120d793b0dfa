// The policy statement of an AddPermission request, as GetPolicy shows it.

import type { Input } from "../../protocol/operation.js";
import type { Statement } from "../function/documents.js";
import { constraintViolated, invalidParameter } from "../function/errors.js";

type PermissionInput = Input<"lambda", "AddPermission">;

const actionPattern = /^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/;
const statementIdPattern = /^[a-zA-Z0-9-_]{1,100}$/;
const sourceArnPattern = /^arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9-])+:([a-z]{2}(-gov)?-[a-z]+-\d{1})?:(\d{12})?:(.*)$/;

/** @throws AwsError ValidationException, InvalidParameterValueException */
export function statementOf(input: PermissionInput, resource: string): Statement {
  const { StatementId = "", Action = "", Principal = "", SourceArn } = input;
  if (!statementIdPattern.test(StatementId)) throw pattern("statementId", StatementId, "([a-zA-Z0-9-_]+)");
  if (!actionPattern.test(Action)) throw pattern("action", Action, "(lambda:[*]|lambda:[a-zA-Z]+|[*])");
  if (SourceArn !== undefined && !sourceArnPattern.test(SourceArn)) {
    throw pattern(
      "sourceArn",
      SourceArn,
      "arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)",
    );
  }
  const conditions = {
    StringEquals: present({
      "AWS:SourceAccount": input.SourceAccount,
      "lambda:EventSourceToken": input.EventSourceToken,
      "lambda:FunctionUrlAuthType": input.FunctionUrlAuthType,
      "aws:PrincipalOrgID": input.PrincipalOrgID,
    }),
    ArnLike: present({ "AWS:SourceArn": SourceArn }),
  };
  const Condition = Object.fromEntries(
    Object.entries(conditions).filter(([, members]) => Object.keys(members).length > 0),
  );
  return {
    Sid: StatementId,
    Effect: "Allow",
    Principal: principalOf(Principal),
    Action,
    Resource: resource,
    ...(Object.keys(Condition).length > 0 ? { Condition } : {}),
  };
}

function principalOf(text: string): Statement["Principal"] {
  if (text === "*") return "*";
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(text)) return { Service: text };
  if (/^\d{12}$/.test(text)) return { AWS: `arn:aws:iam::${text}:root` };
  if (/^arn:aws[a-z-]*:iam::\d{12}:/.test(text)) return { AWS: text };
  throw invalidParameter("The provided principal was invalid. Please check the principal and try again.");
}

function present(members: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

function pattern(member: string, value: string, expression: string) {
  return constraintViolated(member, value, `Member must satisfy regular expression pattern: ${expression}`);
}
