import { train as fit, type TrainReport } from "../../train/index.js";
import { command } from "../command.js";
import { readUserFile, writeOutput } from "../files.js";
import { oneOf, refuse, wholeNumber } from "../parse.js";
import { tableText } from "../show.js";

// Here and not inside the definition, where TypeScript would no longer infer its type.
const estimators = oneOf("svc");
const kernels = oneOf("linear", "poly", "rbf", "sigmoid");

export const train = command({
  takes: {
    data: { positional: true, required: true, help: "path of a CSV table with a header" },
    label: { required: true, help: "the column to predict", value: "COLUMN" },
    output: { required: true, help: "where to write the model file", value: "FILE" },
    estimator: { help: "svc: support vector classification", parse: estimators, default: "svc" },
    kernel: {
      help: "linear, poly, rbf or sigmoid",
      parse: kernels,
      default: "rbf",
    },
    c: { help: "C of scikit-learn: the smaller, the smoother", parse: number, default: 1, value: "NUMBER" },
    gamma: { help: "the kernel's gamma: scale, auto or a number", parse: gamma, default: "scale" },
    degree: { help: "degree of the poly kernel", parse: wholeNumber(0, 100), default: 3 },
    coef0: { help: "coef0 of the poly and sigmoid kernels", parse: number, default: 0, value: "NUMBER" },
    probability: { flag: true, help: "make predict_proba possible; takes five times as long" },
    folds: { help: "folds of the cross-validation; 0 leaves it out", parse: wholeNumber(0, 100), default: 5 },
    seed: { help: "seed of the shuffling for --probability", parse: wholeNumber(0, 2 ** 32 - 1), default: 0 },
  },
  examples: [
    "train iris.csv --label species --output iris.model",
    "train iris.csv --label species --output iris.model --probability",
  ],

  async run({ data, label, output, c, folds, ...options }, context) {
    const csv = await readUserFile(data, context);
    const { model, report } = await fit({ csv, label, C: c, crossValidation: folds, ...options });
    await writeOutput(output, model, context);
    context.terminal.result({ output, ...report }, `${reportText(report)}\n\nThe model is in ${output}.`);
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
  if (!converged) lines.push("", "The solver gave up before it converged: scale the columns, or choose a smaller --c.");
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
  if (text.trim() === "" || !Number.isFinite(value)) throw refuse(`${text} is not a number`);
  return value;
}

function gamma(text: string): "scale" | "auto" | number {
  return text === "scale" || text === "auto" ? text : number(text);
}
