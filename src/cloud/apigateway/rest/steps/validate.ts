import { headerOf, mediaType } from "../../../lambda-events/index.js";
import { entryOf } from "../../state.js";
import { BudgetExceeded, mainThreadBudget, withinBudget } from "../../worker/budget.js";
import { TooCostly } from "../../worker/pool.js";
import { ModelUnusable } from "../body-validators.js";
import type { Exchange } from "../exchange.js";
import { configurationError, GatewayFailure } from "../failure.js";
import { type Step, targetOf } from "../steps.js";

/**
 * Checks the required parameters, if the method's request validator validates parameters.
 * @throws GatewayFailure BAD_REQUEST_PARAMETERS
 */
export const validateParameters: Step = (exchange, next) => {
  const { requiredParameters = [] } = targetOf(exchange).method;
  const missing = requiredParameters.filter((parameter) => !hasParameter(exchange, parameter)).map(nameOf);
  if (missing.length > 0) {
    const message = `Missing required request parameters: [${missing.join(", ")}]`;
    throw new GatewayFailure("BAD_REQUEST_PARAMETERS", message, { logLine: message, validationError: message });
  }
  return next(exchange);
};

const parameterForm = /^method\.request\.(?:multivalue)?(path|querystring|header)\.(.+)$/;

function nameOf(parameter: string): string {
  return parameterForm.exec(parameter)?.[2] ?? parameter;
}

function hasParameter({ request, target }: Exchange, parameter: string): boolean {
  const [, location, name = ""] = parameterForm.exec(parameter) ?? [];
  switch (location) {
    case "path":
      return Boolean(target?.pathParameters[name]);
    case "querystring":
      return Boolean(request.query.get(name)?.at(-1));
    default:
      return Boolean(headerOf(request.headers, name));
  }
}

/**
 * Checks the body against the model of its content type, if the method's request validator validates bodies.
 * @throws GatewayFailure BAD_REQUEST_BODY
 */
export const validateBody: Step = async (exchange, next) => {
  const { document, validatesBody } = targetOf(exchange).method;
  const models = document.requestModels ?? {};
  const contentType = mediaType(headerOf(exchange.request.headers, "Content-Type")) ?? "application/json";
  const model = validatesBody ? (entryOf(models, contentType) ?? models.$default) : undefined;
  const fault = model === undefined ? undefined : await bodyFault(exchange, model);
  if (fault !== undefined) {
    throw new GatewayFailure("BAD_REQUEST_BODY", "Invalid request body", {
      logLine: `Request body does not match model schema for content type ${contentType}: ${fault}`,
      validationError: fault,
    });
  }
  return next(exchange);
};

/** What is wrong with the body; undefined when it is valid. On a worker thread when schema and body may take long. */
async function bodyFault({ stage, request, backends }: Exchange, model: string): Promise<string | undefined> {
  const { bodyValidators, definition, key } = stage.api;
  try {
    return withinBudget(mainThreadBudget(), () => bodyValidators.fault(model, request.body));
  } catch (error) {
    if (error instanceof ModelUnusable) throw configurationError(error.message);
    if (!(error instanceof BudgetExceeded)) throw error;
  }
  try {
    const input = { deploymentKey: key, models: definition.models, model, body: request.body };
    const result = await backends.workers.run("validate", input);
    if ("unusable" in result) throw configurationError(result.unusable);
    return "fault" in result ? result.fault : `[${result.error}]`;
  } catch (error) {
    // A body that cannot be validated is not passed on.
    if (error instanceof TooCostly) return `[${error.message}]`;
    throw error;
  }
}
