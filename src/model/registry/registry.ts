// The estimators whose families have been loaded.

import type { EstimatorClass } from "../estimator/estimator.js";
import type { Family } from "../estimator/family.js";
import { type GlobalRow, instance } from "../pickle/allow-list.js";
import { families, findFamily, type LoadFamily } from "./families.js";

/** A class of a loaded family. */
interface RegisteredClass extends EstimatorClass {
  /** As the documentation names its module: "sklearn.svm". */
  readonly module: string;
}

const byPath = new Map<string, RegisteredClass>();
const loading = new Map<LoadFamily, Promise<readonly GlobalRow[]>>();

/** Loads the families of these modules. @returns the globals that files may name in them */
export async function loadFamiliesOf(modules: readonly string[]): Promise<readonly GlobalRow[]> {
  return load(modules.flatMap((module) => findFamily(module) ?? []));
}

/** A class of a loaded family, by its name in files. */
export function findEstimatorClass(module: string, name: string): RegisteredClass | undefined {
  return byPath.get(`${module} ${name}`);
}

/** Every class that is supported, of all families. */
export async function allEstimatorClasses(): Promise<readonly RegisteredClass[]> {
  await load([...families.values()]);
  return [...new Set(byPath.values())];
}

async function load(loaders: readonly LoadFamily[]): Promise<readonly GlobalRow[]> {
  const globals = [...new Set(loaders)].map((loadFamily) => {
    const started = loading.get(loadFamily) ?? loadFamily().then(({ family }) => register(family));
    loading.set(loadFamily, started);
    return started;
  });
  return (await Promise.all(globals)).flat();
}

function register({ module, classes, inertClasses }: Family): readonly GlobalRow[] {
  for (const row of classes) {
    const registered = { ...row, module: row.module ?? module };
    for (const path of row.paths) byPath.set(`${path} ${row.name}`, registered);
  }
  return [...classes.map(({ name, paths }) => ({ modules: paths, name, call: instance })), ...inertClasses];
}
