/** The log of a room. Only entry points decide where log lines are written; rooms do not print. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
}

export const silentLog: Log = { info: () => {}, warn: () => {} };
