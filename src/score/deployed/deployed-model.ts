// A deployed model as a Model: its methods are requests, of as many rows as a response within API Gateway's limits has.

import type { MethodName, Model, Output, Scalar, Signature, Table } from "../../model/index.js";
import { ScoreError } from "../errors.js";
import { jsonOf } from "../table-writing.js";

/** Lambda accepts requests and responses of 6 MB; rows with many predictions have larger responses than requests. */
const requestBytesMax = 1 << 20;
/** API Gateway waits 29 seconds: a slow model takes some milliseconds a row. */
const rowsMax = 1_000;
/** Requests that are repeated after a response that can pass: throttling, a cold start that took too long. */
const attemptsMax = 8;
const firstDelayMs = 200;
const delayMsMax = 10_000;
const transientStatuses: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
/** Responses that fewer rows can avoid: a request or a response that is too large, and a time-out. */
const splitStatuses: ReadonlySet<number> = new Set([413, 504]);

interface DeployedModelOptions {
  /** Sends a request of the API; rejects if the deployment cannot be reached. */
  readonly send: (body: string) => Promise<{ readonly status: number; readonly body: string }>;
  readonly sleep: (ms: number) => Promise<void>;
  /** Requests at the same time. */
  readonly requestsMax: number;
}

export function deployedModel(signature: Signature, { send, sleep, requestsMax }: DeployedModelOptions): Model {
  const inTurn = limited(requestsMax);
  const predict = async (method: MethodName, rows: readonly string[]): Promise<readonly unknown[]> => {
    const body = `{"values":[${rows.join(",")}],"method":${JSON.stringify(method)}}`;
    const { status, body: text } = await inTurn(() => sentUntilAnswered(body, rows.length > 1));
    if (status === 200) return resultsOf(text, rows.length);
    if (rows.length > 1 && splitStatuses.has(status)) {
      const middle = Math.ceil(rows.length / 2);
      return [...(await predict(method, rows.slice(0, middle))), ...(await predict(method, rows.slice(middle)))];
    }
    if (status === 400) throw new ScoreError("score-row-rejected", messageOf(text));
    throw new ScoreError("score-deployment", `The deployment responded with ${status}: ${messageOf(text)}`);
  };

  async function sentUntilAnswered(body: string, canSplit: boolean) {
    for (let attempt = 1, delayMs = firstDelayMs; ; attempt++, delayMs = Math.min(2 * delayMs, delayMsMax)) {
      try {
        const response = await send(body);
        const isFinal = !transientStatuses.has(response.status) || (canSplit && splitStatuses.has(response.status));
        if (isFinal || attempt === attemptsMax) return response;
      } catch (error) {
        if (attempt === attemptsMax) throw error;
      }
      await sleep(delayMs);
    }
  }

  return {
    signature,
    async run(method, table) {
      const pieces = inRequests(rowsOf(table, signature));
      const results = await Promise.all(pieces.map((rows) => predict(method, rows)));
      return outputOf(results.flat());
    },
  };
}

/** Runs so many at the same time; the others wait for their turn. */
function limited(max: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}

/** Each row as JSON: an object where the model has names, because its order of columns is not known. */
function rowsOf(table: Table, { features, named }: Signature): readonly string[] {
  if (table.kind === "sparse") throw new Error("A table of rows is not sparse");
  const names = features.map(({ name }) => JSON.stringify(name));
  const columns = table.kind === "matrix" ? table.columns : table.columns.length;
  const value = (row: number, column: number) =>
    jsonOf(table.kind === "matrix" ? table.data[row * columns + column] : table.columns[column]![row]);
  const isJson = features.length === 1 && features[0]!.kind === "json" && table.kind === "frame";
  return Array.from({ length: table.rows }, (_, row) => {
    // The value of such a column is JSON already.
    if (isJson) return String(table.columns[0]![row]);
    const values = Array.from({ length: columns }, (_cell, column) => value(row, column));
    return named ? `{${values.map((each, i) => `${names[i]}:${each}`).join(",")}}` : `[${values.join(",")}]`;
  });
}

function inRequests(rows: readonly string[]): readonly (readonly string[])[] {
  const requests: string[][] = [[]];
  let bytes = 0;
  for (const row of rows) {
    const last = requests.at(-1)!;
    const size = Buffer.byteLength(row) + 1;
    if (last.length > 0 && (last.length >= rowsMax || bytes + size > requestBytesMax)) {
      requests.push([row]);
      bytes = size;
    } else {
      last.push(row);
      bytes += size;
    }
  }
  return requests;
}

function resultsOf(text: string, rows: number): readonly unknown[] {
  let results: unknown;
  try {
    results = JSON.parse(text);
  } catch {
    results = undefined;
  }
  if (Array.isArray(results) && results.length === rows) return results;
  throw new ScoreError("score-deployment", `The deployment did not return ${rows} predictions: ${text.slice(0, 100)}`);
}

/** @throws ScoreError "score-output" */
function outputOf(results: readonly unknown[]): Output {
  const [first] = results;
  const width = Array.isArray(first) ? first.length : undefined;
  const data = width === undefined ? results : results.flat();
  if (
    data.length !== results.length * (width ?? 1) ||
    data.some((value) => typeof value === "object" && value !== null)
  ) {
    throw new ScoreError("score-output", "The method's result is not a value or a list of values for each row");
  }
  const shape = width === undefined ? [results.length] : [results.length, width];
  return { shape, data: data as readonly Scalar[] };
}

/** The message of an error response, of API Gateway or of a failed invocation. */
function messageOf(text: string): string {
  try {
    const error = JSON.parse(text) as { readonly message?: unknown; readonly errorMessage?: unknown } | null;
    return String(error?.message ?? error?.errorMessage ?? text).slice(0, 500);
  } catch {
    return text.slice(0, 500);
  }
}
