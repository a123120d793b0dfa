import type { RowGroup } from "hyparquet";
import type { Clock } from "../../base/index.js";
import type { NamedColumn, RejectedRow, ScoredBlock } from "../block.js";
import { csvHeader } from "../csv/encode-csv.js";
import { ScoreError } from "../errors.js";
import type { FileFormat } from "../format.js";
import type { Checkpoint, Journal } from "./journal.js";
import type { Sink } from "./sink.js";

/** A checkpoint waits for the disk. At this interval that costs little, and a run that continues repeats little. */
const checkpointEveryMsUsual = 1_000;

interface Sinks {
  readonly output: Sink;
  readonly rejects: Sink;
}

interface RunWriterOptions {
  readonly output: FileFormat;
  /** Of the output. */
  readonly columns: readonly NamedColumn[];
  readonly checkpoint: Checkpoint;
  readonly rowGroups: readonly RowGroup[];
  readonly rejectsMax: number;
  /** Whether rows are known by their lines; those of Parquet files are counted. */
  readonly isLineNumbered: boolean;
  readonly clock: Clock;
  readonly checkpointEveryMs: number | undefined;
}

/** Writes the blocks of a run in their order, and the checkpoints. */
export class RunWriter {
  readonly #sinks: Sinks;
  readonly #journal: Journal | undefined;
  readonly #options: RunWriterOptions;
  readonly #rowGroups: RowGroup[];
  #recordedGroups: number;
  #position: number;
  #line: number;
  #rows: number;
  #rejected: number;
  #checkpointMs: number;
  #isFinished = false;

  constructor(sinks: Sinks, journal: Journal | undefined, options: RunWriterOptions) {
    this.#sinks = sinks;
    this.#journal = journal;
    this.#options = options;
    this.#rowGroups = [...options.rowGroups];
    this.#recordedGroups = this.#rowGroups.length;
    const { position, line, rows, rejected } = options.checkpoint;
    this.#position = position;
    this.#line = line;
    this.#rows = rows;
    this.#rejected = rejected;
    this.#checkpointMs = options.clock.elapsedMs();
  }

  get counts(): { readonly rows: number; readonly rejected: number } {
    return { rows: this.#rows, rejected: this.#rejected };
  }

  /** Writes what is before the first row. */
  async begin(header: Uint8Array | undefined): Promise<void> {
    const { output } = this.#sinks;
    if (this.#options.output.format === "parquet") {
      await output.write((await import("../parquet/parquet-footer.js")).parquetMagic);
    }
    if (header) await output.write(header);
  }

  /**
   * @param position where the input continues after the block
   * @throws ScoreError "score-too-many-rejects"
   */
  async write({ bytes, rowGroup, rows, rejected, lines }: ScoredBlock, position: number): Promise<void> {
    const { output, rejects } = this.#sinks;
    const { rejectsMax, clock, checkpointEveryMs = checkpointEveryMsUsual } = this.#options;
    if (rowGroup) {
      const { movedRowGroup } = await import("../parquet/parquet-footer.js");
      this.#rowGroups.push(movedRowGroup(rowGroup, output.length));
    }
    await output.write(bytes);
    if (rejected.length > 0) {
      const header = rejects.length === 0 ? `${csvHeader(["line", "reason", "row"], ",")}\n` : "";
      await rejects.write(Buffer.from(header + rejected.map((row) => this.#rejectedLine(row)).join("")));
    }
    this.#position = position;
    this.#line += lines;
    this.#rows += rows;
    this.#rejected += rejected.length;
    if (this.#rejected > rejectsMax) {
      await this.checkpoint();
      throw new ScoreError(
        "score-too-many-rejects",
        `${this.#rejected} rows were rejected; the maximum is ${rejectsMax}`,
      );
    }
    if (clock.elapsedMs() - this.#checkpointMs >= checkpointEveryMs) await this.checkpoint();
  }

  #rejectedLine({ line, reason, row }: RejectedRow): string {
    return `${csvHeader([String(this.#line + line + 1), reason, row], ",")}\n`;
  }

  /** Makes what has been written safe, and records it. */
  async checkpoint(): Promise<void> {
    const { output, rejects } = this.#sinks;
    this.#checkpointMs = this.#options.clock.elapsedMs();
    if (!this.#journal) return;
    await output.sync();
    await rejects.sync();
    await this.#journal.record(
      {
        position: this.#position,
        line: this.#line,
        rows: this.#rows,
        rejected: this.#rejected,
        outputBytes: output.length,
        rejectsBytes: rejects.length,
      },
      this.#rowGroups.slice(this.#recordedGroups),
    );
    this.#recordedGroups = this.#rowGroups.length;
  }

  /** Writes what is behind the last row, and gives the files their names. */
  async finish(): Promise<{ readonly rows: number; readonly rejected: number }> {
    const { output, rejects } = this.#sinks;
    if (this.#options.output.format === "parquet") {
      const { parquetFooter } = await import("../parquet/parquet-footer.js");
      await output.write(parquetFooter(this.#options.columns, this.#rowGroups));
    }
    await rejects.finish();
    await output.finish();
    await this.#journal?.remove();
    this.#isFinished = true;
    return this.counts;
  }

  /** Closes the files of a run that did not finish; they stay, for the run that continues it. */
  async close(): Promise<void> {
    if (this.#isFinished) return;
    await this.#sinks.output.close();
    await this.#sinks.rejects.close();
    await this.#journal?.close();
  }
}
