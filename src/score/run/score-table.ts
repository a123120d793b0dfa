// Scores a table: opens the input, scores its first block here, the others on threads or by a deployment, and writes
// the results in the order of the input, with a journal from which an interrupted run continues.

import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import type { Clock } from "../../base/index.js";
import type { MethodName, Model } from "../../model/index.js";
import type { NamedColumn, ScoredBlock } from "../block.js";
import { csvHeader } from "../csv/encode-csv.js";
import { ScoreError } from "../errors.js";
import { type FileFormat, standardStream } from "../format.js";
import { type BlockScorer, copiesRecords, createBlockScorer, gzipped } from "../score-block.js";
import type { ScoreTask } from "../task.js";
import type { ModelFile } from "../worker/model-files.js";
import { startThread } from "../worker/thread-scorer.js";
import { Journal, readJournal } from "./journal.js";
import { type OpenInput, openInput, type PositionedBlock } from "./open-input.js";
import { RunWriter } from "./run-writer.js";
import { ScorerPool } from "./scorer-pool.js";
import { fileSink, optionalFileSink, type Sink, streamSink } from "./sink.js";

/** Blocks for each scorer that are read, scored or wait to be written: a slow block does not stop the others. */
const blocksPerScorer = 3;

export interface ScoreOptions {
  /** A model of files, which threads read too; or one whose calls go elsewhere, with so many at once. */
  readonly model: Model;
  readonly scorers: { readonly files: readonly ModelFile[]; readonly threads: number } | { readonly calls: number };
  /** Tells one model or deployment from another. */
  readonly modelDigest: string;
  readonly methods: readonly MethodName[];
  readonly input: FileFormat & { readonly path: string; readonly stream: () => AsyncIterable<Uint8Array> };
  readonly output: FileFormat & { readonly path: string; readonly write: (bytes: Uint8Array) => Promise<void> };
  readonly columns: readonly string[] | undefined;
  readonly hasHeader: boolean;
  readonly prefix: string;
  /** The file of rejected rows. */
  readonly rejects: string;
  readonly rejectsMax: number;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  readonly onProgress: (progress: ScoreProgress) => void;
  /** How often the run is made safe against an interruption. */
  readonly checkpointEveryMs?: number;
}

export interface ScoreProgress {
  readonly rows: number;
  readonly rejected: number;
  /** From 0 to 1; undefined: the size of the input is unknown. */
  readonly fraction: number | undefined;
}

interface ScoreReport {
  readonly rows: number;
  readonly rejected: number;
  /** Rows that an interrupted run had written. */
  readonly resumedRows: number;
  readonly columns: readonly string[];
}

/** @throws ScoreError; an error of the file system about one of the paths */
export async function scoreTable(options: ScoreOptions): Promise<ScoreReport> {
  const { model, methods, input, output, prefix, columns: chosen, hasHeader, rejects, clock } = options;
  const opened = await openInput({ ...input, chosen, hasHeader, toText: output.format !== "parquet" }, model.signature);
  const { format, gzip, delimiter } = output;
  const task: ScoreTask = {
    methods,
    prefix,
    input: opened.task,
    output: { format, gzip, delimiter },
    columns: opened.columns,
  };
  const isResumable = input.path !== standardStream && output.path !== standardStream;
  const identity = await identityOf(options, task);
  const resumed = isResumable ? await readJournal(output.path, rejects, identity) : undefined;
  const { start } = opened;
  const checkpoint = resumed?.checkpoint ?? { ...start, rows: 0, rejected: 0, outputBytes: 0, rejectsBytes: 0 };
  const blocks = opened.blocks(checkpoint.position);
  const first = resumed ? undefined : await scoreFirst(blocks, createBlockScorer(model, task));
  const predictions = resumed?.predictions ?? first!.scored.predictions;
  checkNames(opened.columns, predictions);

  const journal = isResumable ? await Journal.open(output.path, { identity, predictions }, resumed) : undefined;
  const sinks = await openSinks(options, checkpoint);
  const writer = new RunWriter(sinks, journal, {
    output,
    columns: [...opened.columns, ...predictions],
    checkpoint,
    rowGroups: resumed?.rowGroups ?? [],
    rejectsMax: options.rejectsMax,
    isLineNumbered: input.format !== "parquet",
    clock,
    checkpointEveryMs: options.checkpointEveryMs,
  });
  try {
    if (first) {
      await writer.begin(headerOf(opened, predictions, task));
      await writer.write(first.scored, first.position);
    }
    await scoreRest(blocks, { ...task, predictions }, writer, opened, options);
    return { ...(await writer.finish()), resumedRows: resumed?.checkpoint.rows ?? 0, columns: namesOf(predictions) };
  } finally {
    await writer.close();
  }
}

async function scoreFirst(blocks: AsyncGenerator<PositionedBlock>, score: BlockScorer) {
  const { value, done } = await blocks.next();
  if (done) throw new ScoreError("score-input-empty", "The input has no rows");
  const scored = await score(value.block);
  const [rejected] = scored.rejected;
  if (scored.rows === 0 && !rejected) throw new ScoreError("score-input-empty", "The input has no rows");
  if (scored.rows === 0 && rejected) {
    const count = scored.rejected.length;
    throw new ScoreError(
      "score-all-rejected",
      `The first ${count} rows were rejected. The first reason: ${rejected.reason}`,
    );
  }
  return { scored, position: value.position };
}

async function scoreRest(
  blocks: AsyncGenerator<PositionedBlock>,
  task: ScoreTask,
  writer: RunWriter,
  { size }: OpenInput,
  { model, scorers, stop, onProgress }: ScoreOptions,
): Promise<void> {
  const pending: Promise<{ readonly scored: ScoredBlock; readonly position: number }>[] = [];
  const inProgress = async () => {
    const { scored, position } = (await pending.shift())!;
    await writer.write(scored, position);
    onProgress({ ...writer.counts, fraction: size === undefined ? undefined : position / size });
  };
  let pool: Awaited<ReturnType<typeof createPool>> | undefined;
  try {
    for await (const { block, position } of blocks) {
      pool ??= createPool(model, task, scorers);
      const scored = pool.scorers.score(block).then((result) => ({ scored: result, position }));
      // A failure is seen when the block is written.
      scored.catch(() => {});
      pending.push(scored);
      if (pending.length >= pool.count * blocksPerScorer) await inProgress();
      if (stop.aborted) throw await interrupted(writer);
    }
    while (pending.length > 0) {
      await inProgress();
      if (stop.aborted) throw await interrupted(writer);
    }
  } finally {
    await pool?.close();
  }
}

async function interrupted(writer: RunWriter): Promise<ScoreError> {
  await writer.checkpoint();
  return new ScoreError("score-interrupted", `Interrupted after ${writer.counts.rows} rows`);
}

function createPool(model: Model, task: ScoreTask, scorers: ScoreOptions["scorers"]) {
  if ("calls" in scorers) {
    const each = Array.from({ length: scorers.calls }, () => createBlockScorer(model, task));
    return { scorers: new ScorerPool(each), count: each.length, close: async () => {} };
  }
  const { files, threads } = scorers;
  const started = Array.from({ length: threads }, () => startThread({ files, task }));
  return {
    scorers: new ScorerPool(started.map(({ score }) => score)),
    count: threads,
    close: async () => {
      await Promise.all(started.map((thread) => thread.close()));
    },
  };
}

function checkNames(columns: readonly NamedColumn[], predictions: readonly NamedColumn[]): void {
  const names = new Set(namesOf(columns));
  const twice = predictions.find(({ name }) => names.has(name));
  if (!twice) return;
  throw new ScoreError("score-column-exists", `The input has a column ${JSON.stringify(twice.name)}`);
}

/** The first line of a CSV output; undefined for an output without a header. */
function headerOf(
  { header, columns }: OpenInput,
  predictions: readonly NamedColumn[],
  task: ScoreTask,
): Uint8Array | undefined {
  const { format, delimiter, gzip } = task.output;
  if (format !== "csv" || (task.input.format === "csv" && !header)) return undefined;
  const added = csvHeader(namesOf(predictions), delimiter);
  const inputs =
    header && copiesRecords(task) ? Buffer.from(header).toString("utf8") : csvHeader(namesOf(columns), delimiter);
  const bytes = Buffer.from(`${inputs}${delimiter}${added}\n`);
  return gzip ? gzipped(bytes) : bytes;
}

async function openSinks(
  { output, rejects }: ScoreOptions,
  { outputBytes, rejectsBytes }: { readonly outputBytes: number; readonly rejectsBytes: number },
): Promise<{ readonly output: Sink; readonly rejects: Sink }> {
  return {
    output: output.path === standardStream ? streamSink(output.write) : await fileSink(output.path, outputBytes),
    rejects: await optionalFileSink(rejects, rejectsBytes),
  };
}

function namesOf(columns: readonly NamedColumn[]): readonly string[] {
  return columns.map(({ name }) => name);
}

/** Equal only for the same input file, model and options. A changed file has another size or time. */
async function identityOf({ input, modelDigest }: ScoreOptions, task: ScoreTask): Promise<string> {
  const file = input.path === standardStream ? undefined : await stat(input.path);
  const parts = [input.path, file?.size, file?.mtimeMs, modelDigest, task];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
