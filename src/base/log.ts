/** Where a room reports what it does. Only entry points decide where lines go; no room prints by itself. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
}

export const silentLog: Log = { info: () => {}, warn: () => {} };
