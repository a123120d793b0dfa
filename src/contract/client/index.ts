// Generated clients of a prediction API, in the languages of its callers.

import type { Signature } from "../../model/index.js";
import { pythonClient } from "./python.js";
import { typescriptClient } from "./typescript.js";

export interface ClientSubject {
  /** The name of the API, for the client's first comment. */
  readonly title: string;
  readonly signature: Signature;
  /** The URL that the client calls by default; undefined: its users pass one. */
  readonly url?: string;
}

export type ClientLanguage = "typescript" | "python";

/** The source of a typed client without dependencies: one file. */
export function clientSource(language: ClientLanguage, subject: ClientSubject): string {
  switch (language) {
    case "typescript":
      return typescriptClient(subject);
    case "python":
      return pythonClient(subject);
    default:
      return language satisfies never;
  }
}
