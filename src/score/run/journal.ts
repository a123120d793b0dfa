// The journal of a run: a line for the run, then one for each checkpoint. A run that was interrupted continues after
// the last checkpoint. A line that was cut short does not count.

import { type FileHandle, open, readFile, rm, stat } from "node:fs/promises";
import { deserialize, serialize } from "node:v8";
import type { RowGroup } from "hyparquet";
import type { NamedColumn } from "../block.js";
import { partialPath } from "./sink.js";

/** A state of the run after which every byte before it is on the disk. */
export interface Checkpoint {
  /** Bytes of the input; of Parquet, rows. */
  readonly position: number;
  /** Lines of the input before `position`. */
  readonly line: number;
  readonly rows: number;
  readonly rejected: number;
  readonly outputBytes: number;
  readonly rejectsBytes: number;
}

interface Resumed {
  readonly checkpoint: Checkpoint;
  readonly predictions: readonly NamedColumn[];
  readonly rowGroups: readonly RowGroup[];
}

interface JournalHeader {
  /** Digest of everything that the output depends on: input, model and options. */
  readonly identity: string;
  readonly predictions: readonly NamedColumn[];
}

type JournalLine = Checkpoint & { /** v8.serialize in base64: JSON has no bigint. */ readonly rowGroups: string };

function journalPath(output: string): string {
  return `${output}.journal`;
}

/** The state of an interrupted run of the same input, model and options; undefined if no journal of it exists. */
export async function readJournal(output: string, rejects: string, identity: string): Promise<Resumed | undefined> {
  const text = await readFile(journalPath(output), "utf8").catch(() => "");
  // Text after the last line break is a line that was cut short.
  const [first, ...lines] = text.split("\n").slice(0, -1);
  const header = parsed<JournalHeader>(first);
  if (header?.identity !== identity) return undefined;
  const checkpoints = lines.map((line) => parsed<JournalLine>(line));
  const known = checkpoints.slice(0, checkpoints.includes(undefined) ? checkpoints.indexOf(undefined) : undefined);
  const last = known.at(-1);
  if (!last) return undefined;
  if ((await sizeOf(partialPath(output))) < last.outputBytes) return undefined;
  if ((await sizeOf(partialPath(rejects))) < last.rejectsBytes) return undefined;
  const { rowGroups: _, ...checkpoint } = last;
  return {
    checkpoint,
    predictions: header.predictions,
    rowGroups: known.flatMap((line) => deserialize(Buffer.from(line!.rowGroups, "base64")) as RowGroup[]),
  };
}

function parsed<T>(line: string | undefined): T | undefined {
  try {
    return JSON.parse(line ?? "") as T;
  } catch {
    return undefined;
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

export class Journal {
  readonly #path: string;
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** Begins a journal, or continues the one that `readJournal` found. */
  static async open(output: string, header: JournalHeader, resumed: Resumed | undefined): Promise<Journal> {
    const path = journalPath(output);
    const file = await open(path, "w");
    const journal = new Journal(path, file);
    await file.write(`${JSON.stringify(header)}\n`);
    if (resumed) await journal.record(resumed.checkpoint, resumed.rowGroups);
    return journal;
  }

  /** @param rowGroups those written since the checkpoint before */
  async record(checkpoint: Checkpoint, rowGroups: readonly RowGroup[]): Promise<void> {
    const line: JournalLine = { ...checkpoint, rowGroups: serialize(rowGroups).toString("base64") };
    await this.#file.write(`${JSON.stringify(line)}\n`);
    await this.#file.datasync();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  /** The run is complete. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.#path, { force: true });
  }
}
