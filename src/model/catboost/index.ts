import type { Family } from "../estimator/family.js";
import { catboostClasses } from "./wrappers.js";

export const family: Family = { module: "catboost", classes: catboostClasses, inertClasses: [] };
