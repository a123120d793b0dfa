// The requests for the next invocation that wait at an environment's Runtime API, and which of them gets it.
//
// A runtime has one such request open at a time, and none while it works on an invocation. Anything else that polls is
// another program of this machine, which found the port. So the first open poll stays, and what comes while it is open,
// or while an invocation is being worked on, waits behind it. A connection over which an invocation was taken and
// responded to is the runtime's: its polls come first. This keeps other programs from taking invocations by accident;
// only a separate network namespace would exclude them (docs/differences.md).

import type { Poll } from "./runtime-api.js";

/** Polls that wait behind the runtime's. A runtime has none; more are rejected. */
const waitingMax = 16;
/** Much longer than a runtime on a busy machine takes from its response to its next poll. */
const promoteAfterMs = 2_000;

export class Polls {
  readonly #onReady: () => void;
  #first: Poll | undefined;
  #waiting: Poll[] = [];
  /** The connection of the poll that got the present invocation. */
  #served: object | undefined;
  /** The connection of the last invocation that was responded to. */
  #trusted: object | undefined;
  #promotion: NodeJS.Timeout | undefined;

  /** `onReady` is called when a poll comes that will get the next invocation. */
  constructor(onReady: () => void) {
    this.#onReady = onReady;
  }

  /** Adds a poll. `isWorking`: an invocation was taken and has no response yet. False when the poll is one too many. */
  add(poll: Poll, isWorking: boolean): boolean {
    if (!isWorking && (!this.isReady || poll.connection === this.#trusted)) {
      if (this.#first?.isOpen()) this.#waiting.push(this.#first);
      this.#first = poll;
      clearTimeout(this.#promotion);
      this.#promotion = undefined;
      this.#onReady();
      return true;
    }
    this.#waiting = this.#waiting.filter((each) => each.isOpen());
    if (this.#waiting.length >= waitingMax) return false;
    this.#waiting.push(poll);
    return true;
  }

  /** Whether the poll that gets the next invocation is open. */
  get isReady(): boolean {
    return this.#first?.isOpen() ?? false;
  }

  /**
   * The poll that gets the next invocation. When none is ready, one that waits becomes the next, if the runtime's does
   * not come.
   */
  take(): Poll | undefined {
    if (!this.isReady) {
      this.#promoteLater();
      return undefined;
    }
    const poll = this.#first;
    this.#first = undefined;
    this.#served = poll?.connection;
    return poll;
  }

  /**
   * Whether a poll that comes while an invocation is being worked on is the runtime's, so that another program took the
   * invocation. The runtime gets it again: so does AWS's, whichever program polls.
   */
  takesBack(poll: Poll): boolean {
    if (poll.connection !== this.#trusted || this.#served === this.#trusted) return false;
    this.#served = poll.connection;
    return true;
  }

  /** To be called when the invocation that was taken last has its response. */
  responded(): void {
    this.#trusted = this.#served;
    // A runtime may poll on this connection before it sends its response on another.
    const index = this.#waiting.findIndex((poll) => poll.connection === this.#trusted && poll.isOpen());
    if (index >= 0 && !this.isReady) this.#first = this.#waiting.splice(index, 1)[0];
    if (!this.isReady) this.#promoteLater();
  }

  close(): void {
    clearTimeout(this.#promotion);
    this.#promotion = undefined;
    this.#first = undefined;
    this.#waiting = [];
  }

  #promoteLater(): void {
    if (this.#promotion || !this.#waiting.some((poll) => poll.isOpen())) return;
    this.#promotion = setTimeout(() => {
      this.#promotion = undefined;
      if (this.isReady) return;
      this.#first = this.#waiting.filter((poll) => poll.isOpen()).shift();
      this.#waiting = this.#waiting.filter((poll) => poll !== this.#first);
      if (this.#first) this.#onReady();
    }, promoteAfterMs);
  }
}
