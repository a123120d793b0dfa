// The errors of pandas' objects.

import type { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";

export function unsupported(what: string): TepalError {
  return new ModelError("pandas-unsupported", `A pandas object with ${what} is not supported`);
}

export function broken(message: string): TepalError {
  return new ModelError("pandas-broken", `A pandas object is inconsistent: ${message}`);
}
