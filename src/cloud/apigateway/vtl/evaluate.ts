// Runs a parsed mapping template. An undefined reference prints nothing, as in API Gateway (Velocity would print
// "$name").

import { charactersPerStep, spend } from "../worker/budget.js";
import { type Expression, type Node, type Reference, type Step, VtlError } from "./ast.js";
import { callMethod, propertyOf } from "./methods.js";
import { isTrue, operate } from "./operators.js";
import { HostObject, JavaDouble, JavaList, type JavaMap, numberOf, textOf, type Value } from "./values.js";

/** API Gateway's quota for #foreach; Velocity ends the loop there without an error. */
const iterationsMax = 1000;
/** A payload of API Gateway is at most 10 MB. */
const outputCharactersMax = 10 * 1024 * 1024;
const macroDepthMax = 20;

/** The longest list that `[a..b]` makes: ten times what #foreach can loop over. */
const rangeItemsMax = 10_000;

type Flow = "on" | "break" | "stop";

/**
 * Returns the template's output.
 * @param variables `$input`, `$context`, ...; #set adds to them
 * @throws VtlError, JavaRegexError, BudgetExceeded
 */
export function evaluate(nodes: readonly Node[], variables: JavaMap): string {
  const run = new Run(variables);
  run.nodes(nodes);
  return run.output;
}

interface Macro {
  readonly parameters: readonly string[];
  readonly body: readonly Node[];
}

class Run {
  output = "";
  readonly #variables: JavaMap;
  readonly #macros = new Map<string, Macro>();
  #macroDepth = 0;

  constructor(variables: JavaMap) {
    this.#variables = variables;
  }

  nodes(nodes: readonly Node[]): Flow {
    for (const node of nodes) {
      const flow = this.#node(node);
      if (flow !== "on") return flow;
    }
    return "on";
  }

  #write(text: string): void {
    spend(text.length / charactersPerStep);
    this.output += text;
    if (this.output.length > outputCharactersMax) {
      throw new VtlError(`Mapping template: output longer than ${outputCharactersMax} characters`);
    }
  }

  #node(node: Node): Flow {
    spend();
    switch (node.kind) {
      case "text":
        this.#write(node.text);
        return "on";
      case "reference": {
        const value = this.#reference(node.reference);
        if (value !== null) this.#write(textOf(value));
        return "on";
      }
      case "set":
        this.#set(node.target, this.#expression(node.value));
        return "on";
      case "if": {
        const branch = node.branches.find(({ condition }) => isTrue(this.#expression(condition)));
        return this.nodes(branch ? branch.body : node.otherwise);
      }
      case "foreach":
        return this.#foreach(node.variable, this.#expression(node.over), node.body);
      case "macro":
        this.#macros.set(node.name, node);
        return "on";
      case "call":
        return this.#call(node.name, node.args, node.text);
      case "break":
        return "break";
      case "stop":
        return "stop";
    }
  }

  #foreach(variable: string, over: Value, body: readonly Node[]): Flow {
    const items = itemsOf(over);
    const names = [variable, "foreach", "velocityCount"];
    const before = names.map((name) => this.#variables.get(name));
    const parent = this.#variables.get("foreach") ?? null;
    let flow: Flow = "on";
    for (const [index, item] of items.entries()) {
      // An iteration with an empty body costs too.
      spend();
      this.#variables.set(variable, item);
      this.#variables.set("foreach", loopState(index, items.length, parent));
      this.#variables.set("velocityCount", index + 1);
      flow = this.nodes(body);
      if (flow !== "on") break;
    }
    for (const [index, name] of names.entries()) this.#restore(name, before[index]);
    return flow === "stop" ? "stop" : "on";
  }

  #restore(name: string, value: Value | undefined): void {
    if (value === undefined) this.#variables.delete(name);
    else this.#variables.set(name, value);
  }

  #call(name: string, args: readonly Expression[], text: string): Flow {
    const macro = this.#macros.get(name);
    if (!macro) {
      this.#write(text);
      return "on";
    }
    if (++this.#macroDepth > macroDepthMax) throw new VtlError(`Mapping template: #${name} calls itself too deeply`);
    const values = args.map((arg) => this.#expression(arg));
    const before = macro.parameters.map((parameter) => this.#variables.get(parameter));
    for (const [index, parameter] of macro.parameters.entries()) this.#variables.set(parameter, values[index] ?? null);
    const flow = this.nodes(macro.body);
    for (const [index, parameter] of macro.parameters.entries()) this.#restore(parameter, before[index]);
    this.#macroDepth--;
    return flow === "stop" ? "stop" : "on";
  }

  /** In Velocity a null does not replace the old value. */
  #set({ name, steps }: Reference, value: Value): void {
    if (value === null) return;
    const last = steps.at(-1);
    if (!last) {
      this.#variables.set(name, value);
      return;
    }
    let holder = this.#variables.get(name) ?? null;
    for (const step of steps.slice(0, -1)) holder = this.#follow(holder, step);
    const key = last.kind === "index" ? this.#expression(last.index) : last.name;
    if (holder instanceof Map) holder.set(textOf(key), value);
    else if (holder instanceof JavaList) {
      const index = numberOf(key);
      if (index !== undefined && index >= 0 && index < holder.items.length) holder.items[index] = value;
    }
  }

  #reference({ name, steps }: Reference): Value {
    let value = this.#variables.get(name) ?? null;
    for (const step of steps) {
      if (value === null) return null;
      value = this.#follow(value, step);
    }
    return value;
  }

  #follow(self: Value, step: Step): Value {
    spend();
    switch (step.kind) {
      case "property":
        return propertyOf(self, step.name) ?? null;
      case "method":
        return (
          callMethod(
            self,
            step.name,
            step.args.map((arg) => this.#expression(arg)),
          ) ?? null
        );
      case "index": {
        const key = this.#expression(step.index);
        if (self instanceof JavaList) return self.items.at(numberOf(key) ?? self.items.length) ?? null;
        return propertyOf(self, textOf(key)) ?? null;
      }
    }
  }

  #expression(expression: Expression): Value {
    spend();
    switch (expression.kind) {
      case "literal":
        return expression.value;
      case "double":
        return new JavaDouble(expression.value);
      case "interpolated":
        return this.#interpolate(expression.body);
      case "list":
        return new JavaList(
          expression.items.map((item) => this.#expression(item)),
          false,
        );
      case "range":
        return this.#range(numberOf(this.#expression(expression.from)), numberOf(this.#expression(expression.to)));
      case "map":
        return new Map(
          expression.entries.map(([key, value]) => [textOf(this.#expression(key)), this.#expression(value)]),
        );
      case "value":
        return this.#reference(expression.reference);
      case "not":
        return !isTrue(this.#expression(expression.operand));
      case "binary": {
        const { operator, left, right } = expression;
        const one = this.#expression(left);
        if (operator === "&&") return isTrue(one) && isTrue(this.#expression(right));
        if (operator === "||") return isTrue(one) || isTrue(this.#expression(right));
        return operate(operator, one, this.#expression(right));
      }
    }
  }

  /** @throws VtlError when the list would be too long */
  #range(from: number | undefined, to: number | undefined): Value {
    if (from === undefined || to === undefined) return null;
    const size = Math.abs(to - from) + 1;
    if (size > rangeItemsMax)
      throw new VtlError(`Mapping template: a range of ${size} items, at most ${rangeItemsMax}`);
    spend(size);
    const step = from <= to ? 1 : -1;
    return new JavaList(
      Array.from({ length: size }, (_, index) => from + index * step),
      false,
    );
  }

  #interpolate(body: readonly Node[]): string {
    const [only] = body;
    if (body.length === 0) return "";
    if (body.length === 1 && only?.kind === "text") return only.text;
    const before = this.output;
    this.output = "";
    this.nodes(body);
    const text = this.output;
    this.output = before;
    return text;
  }
}

function itemsOf(over: Value): readonly Value[] {
  if (over instanceof JavaList) return over.items.slice(0, iterationsMax);
  return over instanceof Map ? firstValues(over) : [];
}

function firstValues(map: JavaMap): Value[] {
  const values: Value[] = [];
  for (const value of map.values()) {
    if (values.length === iterationsMax) break;
    values.push(value);
  }
  return values;
}

function loopState(index: number, size: number, parent: Value): JavaMap {
  const state: JavaMap = new Map<string, Value>([
    ["index", index],
    ["count", index + 1],
    ["hasNext", index < size - 1],
    ["first", index === 0],
    ["last", index === size - 1],
  ]);
  if (parent instanceof Map || parent instanceof HostObject) state.set("parent", parent);
  return state;
}
