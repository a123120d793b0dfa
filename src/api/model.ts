import { type CommandContext, modelSourceOf, type ModelSource as ReadSource, readModelSource } from "../cli/index.js";
import { exampleRequest } from "../contract/index.js";
import { readMethod, readTable, toList } from "../model/index.js";
import type { MethodName, Model, ModelSource, Result, Row } from "./types.js";

export async function openModel(source: ModelSource, context: CommandContext): Promise<Model> {
  const { model } = await readSource(source, context);
  const { signature } = model;
  const run = async (method: MethodName, rows: readonly Row[]): Promise<Result[]> => {
    const result = toList(await model.run(readMethod(method, signature), readTable(rows, signature)));
    // A method returns a result for each row; only a table without rows has no list, and that is rejected.
    return Array.isArray(result) ? result : [result];
  };
  return {
    signature,
    example: exampleRequest(signature),
    run,
    predict: (rows) => run("predict", rows),
    predictProba: (rows) => run("predict_proba", rows),
  };
}

/** @throws CliError "file-unreadable"; ModelError with the file as place */
export function readSource(source: ModelSource, context: CommandContext): Promise<ReadSource> {
  if (typeof source === "object" && "bytes" in source) return modelSourceOf(source);
  const value = typeof source !== "string" && source.length === 1 ? source[0] : source;
  return readModelSource({ value, directory: context.cwd }, context);
}
