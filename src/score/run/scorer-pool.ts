import type { Block, ScoredBlock } from "../block.js";
import type { BlockScorer } from "../score-block.js";

/** Scores several blocks at once, each with a scorer that has no other one. */
export class ScorerPool {
  readonly #free: BlockScorer[];
  readonly #waiting: ((scorer: BlockScorer) => void)[] = [];

  constructor(scorers: readonly BlockScorer[]) {
    this.#free = [...scorers];
  }

  async score(block: Block): Promise<ScoredBlock> {
    const scorer = this.#free.pop() ?? (await new Promise<BlockScorer>((resolve) => this.#waiting.push(resolve)));
    try {
      return await scorer(block);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(scorer);
      else this.#free.push(scorer);
    }
  }
}
