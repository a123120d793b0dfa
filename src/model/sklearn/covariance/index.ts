import type { Family } from "../../estimator/family.js";
import { ellipticEnvelopeClass } from "./elliptic-envelope.js";

export const family: Family = {
  module: "sklearn.covariance",
  classes: [ellipticEnvelopeClass],
  inertClasses: [],
};
