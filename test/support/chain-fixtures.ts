// Fixtures of chains: files that scikit-learn wrote, and small files made by a test.

import { readFileSync } from "node:fs";
import { type Model, parseChain, readChain, readTable, toList } from "../../src/model/index.js";
import { projectPath } from "./project.js";

const root = projectPath("src/model/chain/fixtures");

/** A file that scikit-learn 1.9.1 wrote: of generate.py, or of generate-bundles.py as "bundles/FILE". */
export function chainFixture(file: string): Uint8Array {
  return readFileSync(`${root}/${file.startsWith("bundles/") ? file : `1.9.1/${file}`}`);
}

/** The model of a document. Strings and bytes in `files` replace the fixtures of the same name. */
export async function chainModel(
  document: unknown,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<Model> {
  return readChain(parseChain(document), (file) => {
    const own = files[file];
    return typeof own === "string" ? Buffer.from(own) : (own ?? chainFixture(file));
  });
}

/** What `predict` returns for the rows of a request. */
export async function predictChain(
  { signature, run }: Model,
  rows: readonly unknown[],
  method: "predict" | "predict_proba" = "predict",
) {
  return toList(await run(method, readTable(rows, signature)));
}
