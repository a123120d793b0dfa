// Evaluates whether a function's resource policy allows an AWS service to invoke it.

import type { InvokeRequest } from "../../service-interfaces.js";
import type { Statement } from "../function/documents.js";
import { arnLike, wildcardMatches } from "./arn-like.js";

export type ServicePrincipal = NonNullable<InvokeRequest["principal"]>;

type Test = (expected: string, actual: string) => boolean;

/**
 * The condition operators that AddPermission writes. A statement with any other never matches, so that it allows
 * nothing by mistake.
 */
const operators: Readonly<Record<string, Test>> = {
  ArnLike: arnLike,
  StringEquals: (expected, actual) => expected === actual,
};

const conditionKeys: Readonly<Record<string, (principal: ServicePrincipal) => string>> = {
  "AWS:SourceArn": ({ sourceArn }) => sourceArn,
  "AWS:SourceAccount": ({ sourceAccount }) => sourceAccount,
};

export function permits(statements: readonly Statement[], principal: ServicePrincipal): boolean {
  return statements.some(
    (statement) =>
      isPrincipal(statement.Principal, principal) &&
      wildcardMatches(statement.Action.toLowerCase(), "lambda:invokefunction") &&
      conditionsHold(statement.Condition ?? {}, principal),
  );
}

function isPrincipal(allowed: Statement["Principal"], { service }: ServicePrincipal): boolean {
  if (allowed === "*") return true;
  return "Service" in allowed && allowed.Service === service;
}

function conditionsHold(conditions: NonNullable<Statement["Condition"]>, principal: ServicePrincipal): boolean {
  return Object.entries(conditions).every(([operator, expected]) =>
    Object.entries(expected).every(([key, value]) => {
      const test = operators[operator];
      const actual = conditionKeys[key];
      return test !== undefined && actual !== undefined && test(value, actual(principal));
    }),
  );
}
