// Arithmetic and comparison as in Velocity 1.7: integer operations give integers, a failed operation gives null.

import { spendText } from "../worker/budget.js";
import type { BinaryOperator } from "./ast.js";
import { JavaDouble, numberOf, textOf, type Value } from "./values.js";

type EagerOperator = Exclude<BinaryOperator, "||" | "&&">;

export function operate(operator: EagerOperator, left: Value, right: Value): Value {
  switch (operator) {
    case "==":
      return sameValue(left, right);
    case "!=":
      return !sameValue(left, right);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return compare(operator, numberOf(left), numberOf(right));
    default:
      return calculate(operator, left, right);
  }
}

function calculate(operator: "+" | "-" | "*" | "/" | "%", left: Value, right: Value): Value {
  if (operator === "+" && (typeof left === "string" || typeof right === "string")) {
    return left === null || right === null ? null : joined(textOf(left), textOf(right));
  }
  const one = numberOf(left);
  const other = numberOf(right);
  if (one === undefined || other === undefined) return null;
  const isWhole = !(left instanceof JavaDouble || right instanceof JavaDouble);
  if (isWhole && other === 0 && (operator === "/" || operator === "%")) return null;
  const result = calculateNumbers(operator, one, other);
  return isWhole ? Math.trunc(result) : new JavaDouble(result);
}

function joined(left: string, right: string): string {
  spendText(left.length + right.length);
  return left + right;
}

function calculateNumbers(operator: "+" | "-" | "*" | "/" | "%", one: number, other: number): number {
  switch (operator) {
    case "+":
      return one + other;
    case "-":
      return one - other;
    case "*":
      return one * other;
    case "/":
      return one / other;
    case "%":
      return one % other;
  }
}

function compare(operator: "<" | "<=" | ">" | ">=", one: number | undefined, other: number | undefined): Value {
  if (one === undefined || other === undefined) return null;
  switch (operator) {
    case "<":
      return one < other;
    case "<=":
      return one <= other;
    case ">":
      return one > other;
    case ">=":
      return one >= other;
  }
}

/** Compares numbers by value, values of different types by their string form. */
export function sameValue(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  const one = numberOf(left);
  const other = numberOf(right);
  if (one !== undefined && other !== undefined) return one === other;
  return left === right || textOf(left) === textOf(right);
}

/** Only null and false are false: an empty string or list is true. */
export function isTrue(value: Value): boolean {
  return value !== null && value !== false;
}
