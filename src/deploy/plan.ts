// What is there, what is wanted, and the difference between the two: a plan. Applying it changes that and nothing else.

import { explaining } from "./aws-errors.js";
import type { Place } from "./names.js";
import { alias } from "./resources/alias.js";
import { apiDeployment } from "./resources/api-deployment.js";
import { lambdaFunction } from "./resources/function.js";
import { image } from "./resources/image.js";
import { logGroup } from "./resources/log-group.js";
import { permission } from "./resources/permission.js";
import { repository } from "./resources/repository.js";
import {
  type Context,
  type Facts,
  type Resource,
  type ResourceKind,
  resource,
  type Step,
} from "./resources/resource.js";
import { restApi } from "./resources/rest-api.js";
import { role } from "./resources/role.js";
import { stage } from "./resources/stage.js";
import type { Wanted } from "./wanted.js";

/** In this order a resource's needs come before it, and a caller of the API never meets half a change. */
const resources: readonly Resource[] = [
  resource(repository),
  resource(image),
  resource(role),
  resource(logGroup),
  resource(lambdaFunction),
  resource(alias),
  resource(restApi),
  resource(apiDeployment),
  resource(permission),
  resource(stage),
];

export interface Plan {
  readonly place: Place;
  /** One step for each resource, also for those that are as wanted. */
  readonly steps: readonly Step[];
  /** How many steps change something. */
  readonly changes: number;
}

/** Reads what exists; changes nothing. */
export async function planDeployment(context: Context, wanted: Wanted): Promise<Plan> {
  const steps: Step[] = [];
  let facts: Facts = {};
  for (const one of resources) {
    const step = await explaining(`Reading the deployment ${wanted.spec.name}`, () => one.plan(context, wanted, facts));
    facts = { ...facts, ...step.facts };
    steps.push(step);
  }
  return { place: context.aws.place, steps, changes: steps.filter(({ difference }) => difference).length };
}

/** A step that was done, or found done. */
export interface Done {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly did: "created" | "updated" | "unchanged";
  readonly why: readonly string[];
  readonly detail: string;
  readonly elapsedMs: number;
}

export interface Applied {
  readonly facts: Facts;
  readonly done: readonly Done[];
}

/** Carries the plan out, in order. After a failure, planning and applying again does what is left. */
export async function applyPlan(
  { aws }: Context,
  { steps }: Plan,
  onDone: (done: Done) => void = () => {},
): Promise<Applied> {
  const all: Done[] = [];
  let facts: Facts = {};
  for (const { kind, name, difference, facts: seen, detail: known, apply } of steps) {
    const startedMs = aws.clock.elapsedMs();
    facts = { ...facts, ...seen };
    let detail = known;
    if (difference) {
      const outcome = await explaining(`${kind} ${name}`, () => apply(facts));
      facts = { ...facts, ...outcome.facts };
      detail = outcome.detail ?? "";
    }
    const did = difference === undefined ? "unchanged" : difference.action === "create" ? "created" : "updated";
    const done: Done = {
      kind,
      name,
      did,
      why: difference?.why ?? [],
      detail,
      elapsedMs: aws.clock.elapsedMs() - startedMs,
    };
    all.push(done);
    onDone(done);
  }
  return { facts, done: all };
}
