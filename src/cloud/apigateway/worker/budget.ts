// What mapping templates, JSONPath, regular expressions and request validation may cost, counted as they run.
//
// The work is synchronous, so the budget in force is a module variable: code that loops over data calls `spend` and
// needs no parameter for it.

/**
 * A step takes 100 to 400 ns, depending on how warm the code is. On the thread that serves all requests, one piece of
 * work may take this many, 10 to 30 ms, so that other requests are not held up. What costs more is done again by a
 * worker thread.
 */
export const mainThreadStepsMax = 80_000;
/**
 * On a worker thread: some seconds, and ten times what a template needs that parses and prints a body of 10 MB. The
 * count ends most costly work before the deadline does, and does not depend on how busy the machine is.
 */
const workerStepsMax = 40_000_000;

/** One step copies or scans about this many characters. */
export const charactersPerStep = 64;

interface Budget {
  steps: number;
  /** Whether regular expressions may run on a backtracking engine, whose time has no bound in the text's length. */
  readonly allowsBacktracking: boolean;
}

/** The work costs more than it may where it runs. */
export class BudgetExceeded extends Error {
  override readonly name = "BudgetExceeded";
}

let current: Budget | undefined;

export function mainThreadBudget(): Budget {
  return { steps: mainThreadStepsMax, allowsBacktracking: false };
}

export function workerBudget(): Budget {
  return { steps: workerStepsMax, allowsBacktracking: true };
}

/**
 * Runs synchronous work within a budget.
 * @throws BudgetExceeded
 */
export function withinBudget<T>(budget: Budget, work: () => T): T {
  const outer = current;
  current = budget;
  try {
    return work();
  } finally {
    current = outer;
  }
}

/**
 * Counts steps of the work that is running.
 * @throws BudgetExceeded when they are used up
 */
export function spend(steps = 1): void {
  if (!current) throw new Error("Costly work must run within a budget");
  current.steps -= steps;
  if (current.steps < 0) throw new BudgetExceeded("The step budget is used up");
}

/** Counts the scanning or copying of a string. */
export function spendText(characters: number): void {
  spend(1 + characters / charactersPerStep);
}

/** @throws BudgetExceeded where a backtracking regular expression must not run */
export function requireBacktracking(): void {
  if (!current?.allowsBacktracking) throw new BudgetExceeded("A regular expression needs a backtracking engine");
}
