// One mapping: parameter mappings and a template, applied to a body. Pure, so that it can run on either thread.

import type { JavaMap } from "../vtl/values.js";
import { type MappingScope, ParameterSources } from "./parameter-sources.js";
import type { Template } from "./template.js";
import { templateVariables } from "./template-variables.js";

export interface Mapping {
  /** Sources by target: `integration.request.header.X-Caller` -> `method.request.header.X-User`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** undefined: the body is passed through. */
  readonly template: Template | undefined;
}

export interface MappingResult {
  /** Values by target; a source without a value is left out. */
  readonly parameters: readonly (readonly [target: string, value: string])[];
  /** The template's output; undefined without a template. */
  readonly body: string | undefined;
}

/**
 * Applies a mapping. Parameters come first, from what was sent, so that they do not see what the template changes.
 * @param context `$context`; templates change it
 * @throws VtlError, JavaRegexError, RangeError, BudgetExceeded
 */
export function performMapping(
  { parameters, template }: Mapping,
  scope: MappingScope,
  context: JavaMap,
): MappingResult {
  const sources = new ParameterSources(scope, context);
  const mapped: [string, string][] = [];
  for (const [target, source] of Object.entries(parameters)) {
    const value = sources.value(source);
    if (value !== undefined) mapped.push([target, value]);
  }
  return { parameters: mapped, body: template?.render(templateVariables(scope, context)) };
}
