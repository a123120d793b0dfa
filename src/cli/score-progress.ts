import type { ScoreProgress } from "../score/index.js";
import type { CommandContext } from "./command-context.js";

/** A line for people who wait: often enough to see that the work goes on, seldom enough for a log. */
const noteEveryMs = 5_000;

/** Notes how far the run is, every few seconds on a terminal. */
export function progressNotes({ terminal, clock }: CommandContext): (progress: ScoreProgress) => void {
  const startedMs = clock.elapsedMs();
  let notedMs = startedMs;
  let firstRows: number | undefined;
  let firstFraction = 0;
  return ({ rows, rejected, fraction }) => {
    const nowMs = clock.elapsedMs();
    // Rows of an interrupted run are not this one's speed.
    if (firstRows === undefined) [firstRows, firstFraction] = [rows, fraction ?? 0];
    if (!terminal.interactive || nowMs - notedMs < noteEveryMs) return;
    notedMs = nowMs;
    const seconds = (nowMs - startedMs) / 1000;
    const done = fraction === undefined ? "" : `${Math.floor(fraction * 100)}%, `;
    const perSecond = Math.round((rows - firstRows) / seconds);
    const share = (fraction ?? 0) - firstFraction;
    const left =
      fraction === undefined || share <= 0 ? "" : `, ${Math.ceil((seconds * (1 - fraction)) / share)} s left`;
    const rejects = rejected === 0 ? "" : `, ${rejected} rejected`;
    terminal.note(`${done}${rows} rows${rejects}, ${perSecond} rows/s${left}`);
  };
}
