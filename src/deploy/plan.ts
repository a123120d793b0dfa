// A plan is the difference between the current and the desired state of a deployment. Applying it changes nothing else.

import { withAwsErrors } from "./aws-errors.js";
import type { Check } from "./check.js";
import type { DesiredState, Pushed } from "./desired-state.js";
import { invokeUrl, type Place } from "./names.js";
import { alias } from "./resources/alias.js";
import { apiDeployment } from "./resources/api-deployment.js";
import { changeText } from "./resources/attributes.js";
import { lambdaFunction } from "./resources/function.js";
import { image } from "./resources/image.js";
import { logGroup } from "./resources/log-group.js";
import { permission } from "./resources/permission.js";
import { repository } from "./resources/repository.js";
import {
  type Context,
  type Difference,
  type Outcome,
  type Outputs,
  type Resource,
  type ResourceKind,
  resource,
  type Step,
} from "./resources/resource.js";
import { restApi } from "./resources/rest-api.js";
import { role } from "./resources/role.js";
import { stage } from "./resources/stage.js";
import { version } from "./resources/version.js";
import { type CheckOptions, checkApi, checkFunction, type Passed, undoSwitch } from "./verify.js";

/** In order of dependency. Only the last three affect callers. */
const resources: readonly Resource[] = [
  resource(repository),
  resource(image),
  resource(role),
  resource(logGroup),
  resource(lambdaFunction),
  resource(version),
  resource(restApi),
  resource(apiDeployment),
  resource(alias),
  resource(permission),
  resource(stage),
];

const switchKinds: ReadonlySet<ResourceKind> = new Set(["alias", "permission", "stage"]);

export interface Plan {
  readonly place: Place;
  /** One step for each resource, also for those that do not change. */
  readonly steps: readonly Step[];
  /** How many steps change something. */
  readonly changes: number;
  readonly spec: DesiredState["spec"];
}

/** Reads the current state; changes nothing. */
export async function planDeployment(context: Context, state: DesiredState): Promise<Plan> {
  const { spec } = state;
  const steps: Step[] = [];
  let outputs: Outputs = {};
  for (const one of resources) {
    const step = await withAwsErrors(`Reading the ${one.kind} of the deployment ${spec.name}`, () =>
      one.plan(context, state, outputs),
    );
    outputs = { ...outputs, ...step.outputs };
    steps.push(step);
  }
  return { place: context.aws.place, spec, steps, changes: steps.filter(({ difference }) => difference).length };
}

/** A plan as text: a line for each change, and a line for each setting that was made by hand and is kept. */
export function planText({ steps, changes }: Plan): string {
  const lines = steps.flatMap(({ kind, name, difference, kept }) => [
    ...(difference ? [`  ${difference.action} ${kind} ${name}: ${differenceText(difference)}`] : []),
    ...kept.map((setting) => `  keep ${kind} ${name}: ${setting}`),
  ]);
  if (changes === 0) lines.push("No changes.");
  return lines.join("\n");
}

/** "memory 512 MB -> 1024 MB, add CORS origin *" */
function differenceText({ changes, problem, action }: Difference): string {
  const parts = [...(problem === undefined ? [] : [problem]), ...changes.map(changeText)];
  return parts.join(", ") || action;
}

/** A step that was applied, or that needed no change. */
export interface Done {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly did: "created" | "updated" | "unchanged";
  readonly changes: readonly string[];
  readonly kept: readonly string[];
  readonly detail: string;
  readonly elapsedMs: number;
  readonly pushed?: Pushed;
}

interface ApplyOptions extends Partial<CheckOptions> {
  readonly onDone?: (done: Done) => void;
  readonly onPassed?: (passed: Passed) => void;
  /** Requests with the responses that the model must return, before and after callers are switched to it. */
  readonly checks?: readonly Check[];
}

export interface Applied {
  readonly outputs: Outputs;
  readonly url: string;
  readonly done: readonly Done[];
}

/**
 * Applies the plan, in order. The new version is checked before callers are switched to it, and the API after that; if
 * the API fails its check, callers are switched back. After any other failure, planning and applying again makes the
 * remaining changes.
 * @throws DeployError "check-failed"
 */
export async function applyPlan(context: Context, plan: Plan, options: ApplyOptions = {}): Promise<Applied> {
  const { aws } = context;
  const { checks = [], onDone, onPassed } = options;
  const done: Done[] = [];
  const undos: NonNullable<Outcome["undo"]>[] = [];
  let outputs: Outputs = {};
  let isFunctionChecked = false;
  try {
    for (const step of plan.steps) {
      if (switchKinds.has(step.kind) && step.difference && !isFunctionChecked) {
        isFunctionChecked = true;
        for (const check of checks) onPassed?.(await checkFunction(context, plan.spec.stage, check, outputs, options));
      }
      const startedMs = aws.clock.elapsedMs();
      outputs = { ...outputs, ...step.outputs };
      const outcome = step.difference
        ? await withAwsErrors(`${step.kind} ${step.name}`, () => step.apply(outputs))
        : { detail: step.detail };
      outputs = { ...outputs, ...outcome.outputs };
      if (outcome.undo) undos.push(outcome.undo);
      const one = doneOf(step, outcome, aws.clock.elapsedMs() - startedMs);
      done.push(one);
      onDone?.(one);
    }
  } catch (error) {
    // Callers must not be left between two versions.
    await undoSwitch(undos);
    throw error;
  }
  const { stage, route } = plan.spec;
  const url = invokeUrl(aws.place, aws.endpoint, { restApiId: outputs.restApiId ?? "", stage, route });
  for (const check of checks) onPassed?.(await checkApi(context, plan, url, check, outputs, undos, options));
  return { outputs, url, done };
}

function doneOf(
  { kind, name, difference, kept }: Step,
  { detail = "", pushed, changes: made = [] }: Outcome,
  elapsedMs: number,
): Done {
  const did = difference === undefined ? "unchanged" : difference.action === "create" ? "created" : "updated";
  const problem = difference?.problem;
  // For a new resource, only the differences from the resource that it replaces.
  const relevant = did === "created" ? made.filter(({ from }) => from !== undefined) : made;
  const changes = [...(problem === undefined ? [] : [problem]), ...relevant.map(changeText)];
  return { kind, name, did, changes, kept, detail, elapsedMs, ...(pushed ? { pushed } : {}) };
}
