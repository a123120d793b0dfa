import type { Feature, Scalar, Signature } from "../../model/index.js";
import { command } from "../command.js";
import { readModelSource } from "../model-source.js";
import { bytesText } from "../show.js";
import { modelArgs, requestedModel } from "../spec-file.js";
import { pairsText } from "../table.js";

/** More names than this are counted, not listed. */
const listedMax = 12;

export const inspect = command({
  args: modelArgs,
  examples: ["inspect iris_model.sav", "inspect bundle.pkl::scaler bundle.pkl::model"],

  async run(args, context) {
    const { name, files, model } = await readModelSource(await requestedModel(args, context), context);
    const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
    const { signature } = model;
    context.terminal.result({ file: name, bytes, ...signature }, textOf(name, bytes, signature));
  },
});

function textOf(name: string, bytes: number, signature: Signature): string {
  const { format, type, libraries, features, named, classes, methods, parameters } = signature;
  const rows: [string, string][] = [
    ["file", `${name}, ${bytesText(bytes)}, ${format}`],
    ["type", type],
    [
      "written by",
      Object.entries(libraries)
        .map(([library, version]) => `${library} ${version}`)
        .join(", ") || "not recorded",
    ],
    ["features", `${features.length}: ${few(features.map(featureText))}${named ? "" : " (names not recorded)"}`],
    ...(classes ? [["classes", `${classes.length}: ${few(classes.map(String))}`] as [string, string]] : []),
    ["methods", methods.map(({ name: method }) => method).join(", ")],
    ...Object.entries(parameters).map(([parameter, value]): [string, string] => [parameter, scalarText(value)]),
  ];
  return pairsText(rows);
}

function featureText({ name, kind, missing }: Feature): string {
  const notes = [...(kind === "number" ? [] : [kind]), ...(missing ? ["may be missing"] : [])];
  return notes.length > 0 ? `${name} (${notes.join(", ")})` : name;
}

function few(texts: readonly string[]): string {
  const shown = texts.slice(0, listedMax).join(", ");
  return texts.length > listedMax ? `${shown}, and ${texts.length - listedMax} more` : shown;
}

function scalarText(value: Scalar): string {
  return value === null ? "none" : String(value);
}
