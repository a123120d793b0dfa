import { resolve } from "node:path";
import { specDefaults } from "../../deploy/index.js";
import { type MethodName, readMethod, type Signature } from "../../model/index.js";
import { fileFormat, type ScoreOptions, type ScoreProgress, scoreTable, standardStream } from "../../score/index.js";
import { command } from "../command.js";
import type { CommandContext } from "../command-context.js";
import { explainedPaths } from "../files.js";
import { commandLineError, integer, oneOf } from "../parse.js";
import { startProgress } from "../progress.js";
import { isS3, scoreInS3 } from "../score-batch.js";
import { scoringModel } from "../score-model.js";
import { durationText } from "../show.js";
import { modelArgs } from "../spec-file.js";
import { targetArgs } from "../target-args.js";

// Outside the definition: inside it TypeScript would not infer their types.
const formats = oneOf("csv", "jsonl", "parquet");

/** More rows than any file of rows has. */
const rowsMax = Number.MAX_SAFE_INTEGER;
const threadsMax = 256;
/** Lambda's usual limit of concurrent executions in an account. */
const requestsMax = 1_000;

export const score = command({
  args: {
    ...modelArgs,
    model: {
      ...modelArgs.model,
      help: `${modelArgs.model.help.replace(/, or a directory of Python code$/, "")}, or the name of a deployment`,
    },
    rows: {
      positional: true,
      help: "file of rows: .csv, .tsv, .jsonl, .ndjson or .parquet, also .csv.gz; - for standard input",
      matches: (text) =>
        text === standardStream || isS3(text) || /\.(csv|tsv|jsonl|ndjson|parquet)(\.gz)?$/i.test(text),
    },
    output: { help: "file to write, in the format of its name", default: standardStream, value: "FILE" },
    method: { help: "method to call: predict, predict_proba, ...; can be repeated", repeatable: true },
    columns: { help: "columns of the input, in the model's order, separated by commas", value: "NAMES" },
    prefix: { help: "beginning of the names of the new columns", default: "" },
    format: { help: "csv, jsonl or parquet, where a file's name does not say it", parse: formats },
    delimiter: { help: "character between the cells of CSV; default: a comma, and a tab for .tsv", parse: delimiter },
    noHeader: { flag: true, help: "the CSV file has no header: its columns are in the model's order" },
    rejects: {
      help: "CSV file of the rows without a prediction, with reasons; default: OUTPUT.rejects.csv",
      value: "FILE",
    },
    maxRejects: { help: "stop when more rows than this are rejected", parse: integer(0, rowsMax), value: "ROWS" },
    threads: { help: "worker threads; default: one for each processor", parse: integer(1, threadsMax) },
    stage: { help: "stage of a deployment's API", default: specDefaults.stage },
    requests: { help: "requests to a deployment at the same time", parse: integer(1, requestsMax), default: 8 },
    direct: { flag: true, help: "invoke a deployment's function directly, without the API" },
    plan: { flag: true, help: "print the job for a table in S3 instead of starting it" },
    yes: { flag: true, help: "do not ask for confirmation before creating resources in an AWS account" },
    ...targetArgs,
  },
  examples: [
    "score iris_model.sav rows.csv --output scored.csv",
    "score churn.pkl customers.parquet --output scored.parquet --method predict --method predict_proba",
    "score churn customers.csv --output scored.csv --target aws",
    "score model.pkl - --format csv < rows.csv > scored.csv",
  ],

  async run(args, context) {
    const { terminal, clock } = context;
    const startedMs = clock.elapsedMs();
    const { model: parts, path } = rowsOf(args);
    const [method = "predict"] = args.method;
    if (isS3(path)) {
      await scoreInS3({ ...args, name: parts[0], input: path, method }, context);
      return;
    }
    const scoring = await scoringModel({ ...args, model: parts }, context);
    const input = fileFormat(path, args);
    const shownFormat = args.format ?? (input.format === "parquet" ? "csv" : input.format);
    const output = fileFormat(args.output, { ...args, format: shownFormat });
    const rejects = args.rejects ?? defaultRejects(args.output, path);
    const inCwd = (file: string) => (file === standardStream ? file : resolve(context.cwd, file));
    const options: Omit<ScoreOptions, "onProgress"> = {
      ...scoring,
      methods: methodsOf(args.method, scoring.model.signature),
      input: { ...input, path: inCwd(path), stream: context.inputBytes },
      output: { ...output, path: inCwd(args.output), write: context.writeBytes },
      columns: args.columns?.split(","),
      hasHeader: !args.noHeader,
      prefix: args.prefix,
      rejects: inCwd(rejects),
      rejectsMax: args.maxRejects ?? rowsMax,
      clock,
      stop: context.stop,
    };
    const report = await explainedPaths(withRowsShown(options, context));
    const elapsedMs = clock.elapsedMs() - startedMs;
    const scored = report.rows - report.resumedRows;
    if (report.resumedRows > 0) terminal.note(`Continued after ${report.resumedRows} rows of an interrupted run.`);
    terminal.note(`${report.rows} rows in ${durationText(elapsedMs)}, ${perSecond(scored, elapsedMs)} rows/s.`);
    if (report.rejected > 0) terminal.note(`${report.rejected} rows were rejected: see ${rejects}.`);
    if (args.output !== standardStream) {
      const { rows, rejected, columns } = report;
      terminal.result({ output: args.output, rows, rejected, columns, ...(rejected > 0 && { rejects }) }, args.output);
    }
  },
});

/** Scores, and shows how many rows are done. */
async function withRowsShown(options: Omit<ScoreOptions, "onProgress">, context: CommandContext) {
  let progress: ReturnType<typeof startProgress> | undefined;
  const onProgress = ({ rows, rejected, fraction }: ScoreProgress) => {
    // Rows of an interrupted run are not this one's speed.
    progress ??= startProgress(context, { label: "score", unit: "rows", done: rows });
    progress.update({
      done: rows,
      ...(fraction !== undefined && fraction > 0 && { total: Math.max(rows, Math.round(rows / fraction)) }),
      ...(rejected > 0 && { detail: `${rejected} rejected` }),
    });
  };
  try {
    return await scoreTable({ ...options, onProgress });
  } finally {
    progress?.end();
  }
}

/** The last argument is the file of rows where none has the name of one. */
function rowsOf({ model, rows }: { readonly model: readonly string[]; readonly rows: string | undefined }) {
  const path = rows ?? (model.length > 1 ? model.at(-1) : undefined);
  if (path === undefined) throw commandLineError("Missing ROWS: the file of rows", "Pass - for standard input.");
  return { model: rows === undefined ? model.slice(0, -1) : model, path };
}

function methodsOf(names: readonly string[], signature: Signature): readonly MethodName[] {
  const methods = (names.length > 0 ? names : [undefined]).map((name) => readMethod(name, signature));
  return [...new Set(methods)];
}

function defaultRejects(output: string, input: string): string {
  const [beside] = [output, input].filter((path) => path !== standardStream);
  return `${beside ?? "tepal"}.rejects.csv`;
}

function perSecond(rows: number, ms: number): number {
  return Math.round(rows / (Math.max(ms, 1) / 1000));
}

function delimiter(text: string): string {
  const character = text === "\\t" || text === "tab" ? "\t" : text;
  if (character.length !== 1 || character.charCodeAt(0) > 127 || /["\r\n]/.test(character)) {
    throw commandLineError(`${JSON.stringify(text)} is not one ASCII character`);
  }
  return character;
}
