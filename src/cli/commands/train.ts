import { train as fit, type TrainReport } from "../../train/index.js";
import { command } from "../command.js";
import { readUserFile, writeOutput } from "../files.js";
import { commandLineError, integer, oneOf } from "../parse.js";
import { tableText } from "../table.js";

// Outside the definition: inside it TypeScript would not infer their types.
const estimators = oneOf("svc");
const kernels = oneOf("linear", "poly", "rbf", "sigmoid");

export const train = command({
  args: {
    data: { positional: true, required: true, help: "path of a CSV file with a header row" },
    label: { required: true, help: "column to predict", value: "COLUMN" },
    output: { required: true, completes: "file", help: "path of the model file to write", value: "FILE" },
    estimator: { help: "svc: support vector classification", parse: estimators, default: "svc" },
    kernel: {
      help: "linear, poly, rbf or sigmoid",
      parse: kernels,
      default: "rbf",
    },
    c: {
      help: "regularization parameter C; smaller values regularize more",
      parse: number,
      default: 1,
      value: "NUMBER",
    },
    gamma: { help: "kernel coefficient: scale, auto or a number", parse: gamma, default: "scale" },
    degree: { help: "degree of the poly kernel", parse: integer(0, 100), default: 3 },
    coef0: { help: "coef0 of the poly and sigmoid kernels", parse: number, default: 0, value: "NUMBER" },
    probability: { flag: true, help: "enable predict_proba; training takes five times as long" },
    folds: { help: "cross-validation folds; 0 disables cross-validation", parse: integer(0, 100), default: 5 },
    seed: { help: "random seed for --probability", parse: integer(0, 2 ** 32 - 1), default: 0 },
  },
  examples: [
    "train iris.csv --label species --output iris.model",
    "train iris.csv --label species --output iris.model --probability",
  ],

  async run({ data, label, output, c, folds, ...options }, context) {
    const csv = await readUserFile(data, context);
    const { model, report } = await fit({ csv, label, C: c, crossValidation: folds, ...options });
    await writeOutput(output, model, context);
    context.terminal.result({ output, ...report }, `${reportText(report)}\n\nModel written to ${output}.`);
  },
});

function reportText({
  estimator,
  rows,
  features,
  classes,
  parameters,
  converged,
  crossValidation,
}: TrainReport): string {
  const shown = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  const lines = [
    `${estimator} on ${rows} rows of ${features.length} features: ${shown.join(", ")}`,
    "",
    tableText(
      ["CLASS", "ROWS", "SUPPORT VECTORS"],
      classes.map(({ label, rows: count, supportVectors }) => [String(label), String(count), String(supportVectors)]),
    ),
  ];
  if (!converged) lines.push("", "The solver did not converge. Scale the columns or choose a smaller --c.");
  if (crossValidation) {
    const labels = classes.map(({ label }) => String(label));
    const { scores, accuracy, confusion } = crossValidation;
    lines.push(
      "",
      `Accuracy ${accuracy.toFixed(4)} (mean of ${scores.length} folds: ${scores.map((score) => score.toFixed(4)).join(", ")})`,
      "",
      tableText(
        ["TRUE \\ PREDICTED", ...labels],
        confusion.map((counts, i) => [labels[i] ?? "", ...counts.map(String)]),
      ),
    );
  }
  return lines.join("\n");
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw commandLineError(`${text} is not a number`);
  return value;
}

function gamma(text: string): "scale" | "auto" | number {
  return text === "scale" || text === "auto" ? text : number(text);
}
