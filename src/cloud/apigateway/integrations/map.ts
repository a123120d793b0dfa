// Mappings within the bounds of one request: on this thread while they are cheap, else on a worker thread with a
// deadline.

import { JavaRegexError } from "../regex/java-regex.js";
import type { Exchange } from "../rest/exchange.js";
import { configurationError } from "../rest/failure.js";
import { VtlError } from "../vtl/ast.js";
import { copyMap, fromWire, type JavaMap, toWire } from "../vtl/values.js";
import { BudgetExceeded, mainThreadBudget, withinBudget } from "../worker/budget.js";
import { TooCostly } from "../worker/pool.js";
import { type MappingScope, readsContext } from "./parameter-sources.js";
import { type Mapping, type MappingResult, performMapping } from "./perform-mapping.js";

const noContext: JavaMap = new Map();
const nothing: MappingResult = { parameters: [], body: undefined };

/**
 * Applies a mapping to the body of a request or of an integration's response.
 * @throws GatewayFailure API_CONFIGURATION_ERROR when the mapping is invalid or costs too much
 */
export async function map(
  exchange: Exchange,
  mapping: Mapping,
  body: string,
  responseHeaders?: Readonly<Record<string, string>>,
): Promise<MappingResult> {
  const { parameters, template } = mapping;
  const sources = Object.values(parameters);
  if (!template && sources.length === 0) return nothing;
  const { request, stage, target } = exchange;
  const scope: MappingScope = {
    pathParameters: target?.pathParameters ?? {},
    query: request.query,
    headers: request.headers,
    stageVariables: stage.variables,
    responseHeaders,
    body,
  };
  const usesContext = template?.readsContext || sources.some(readsContext);
  // A mapping that is done again by a worker must not see what its first attempt has changed.
  let contextBefore: JavaMap | undefined;
  try {
    if (usesContext && exchange.hasContext) {
      contextBefore = withinBudget(mainThreadBudget(), () => copyMap(exchange.context));
    }
    if (!template || body.length < template.workerFromCharacters) {
      try {
        return withinBudget(mainThreadBudget(), () =>
          performMapping(mapping, scope, usesContext ? exchange.context : noContext),
        );
      } catch (error) {
        if (!(error instanceof BudgetExceeded)) throw error;
        if (template) template.workerFromCharacters = Math.min(template.workerFromCharacters, body.length);
        if (usesContext) exchange.resetContext(contextBefore);
      }
    }
    return await mapByWorker(exchange, mapping, scope, usesContext ?? false);
  } catch (error) {
    if (isMappingError(error)) throw configurationError(`Unable to transform: ${error.message}`);
    throw error;
  }
}

async function mapByWorker(
  exchange: Exchange,
  { parameters, template }: Mapping,
  scope: MappingScope,
  usesContext: boolean,
): Promise<MappingResult> {
  const context = withinBudget(mainThreadBudget(), () => toWire(usesContext ? exchange.context : noContext));
  const result = await exchange.backends.workers.run("map", { parameters, template: template?.text, scope, context });
  if ("error" in result) throw new VtlError(result.error);
  const changed = fromWire(result.context);
  if (usesContext && changed instanceof Map) exchange.resetContext(changed);
  return result;
}

/** A RangeError is the engine's own bound on strings and recursion, reached by a template. */
export function isMappingError(error: unknown): error is Error {
  return (
    error instanceof VtlError ||
    error instanceof JavaRegexError ||
    error instanceof RangeError ||
    error instanceof BudgetExceeded ||
    error instanceof TooCostly
  );
}
