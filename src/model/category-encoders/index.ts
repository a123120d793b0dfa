// The encoders of category_encoders. Each replaces columns of categories by numbers, and passes the other columns.

import type { Family } from "../estimator/family.js";
import { codedEncoderClasses } from "./coded.js";
import { countEncoderClass } from "./count.js";
import { hashingEncoderClass } from "./hashing.js";
import { ordinalEncoderClass } from "./ordinal.js";
import { targetSumEncoderClasses } from "./target-sums.js";
import { wrapperClasses } from "./wrappers.js";

export const family: Family = {
  module: "category_encoders",
  classes: [
    ...codedEncoderClasses,
    ...targetSumEncoderClasses,
    countEncoderClass,
    hashingEncoderClass,
    ordinalEncoderClass,
    ...wrapperClasses,
  ],
  inertClasses: [],
};
