// restJson1 operations differ by method, path pattern and literal query parameters: `POST /restapis?mode=import`.

import type { OperationModel } from "./service-model.js";

export interface HttpMatch {
  readonly operation: OperationModel;
  /** The path's labels, decoded. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface HttpRouter {
  match(method: string, path: string, query: URLSearchParams): HttpMatch | undefined;
}

interface Pattern {
  readonly operation: OperationModel;
  readonly segments: readonly Segment[];
  readonly query: readonly (readonly [name: string, value: string])[];
}

interface Segment {
  readonly label: boolean;
  /** A label that matches the rest of the path: `{key+}`. */
  readonly greedy: boolean;
  readonly text: string;
}

export function createHttpRouter(operations: Iterable<OperationModel>): HttpRouter {
  const byMethod = new Map<string, Pattern[]>();
  for (const operation of operations) {
    if (!operation.traits.http) continue;
    const [method, uri] = operation.traits.http;
    const patterns = byMethod.get(method) ?? [];
    patterns.push(parsePattern(operation, uri));
    byMethod.set(method, patterns);
  }
  // The first match wins, so that more specific patterns come first.
  for (const patterns of byMethod.values()) patterns.sort(moreSpecificFirst);
  return {
    match(method, path, query) {
      const segments = splitPath(path);
      for (const pattern of byMethod.get(method) ?? []) {
        if (!pattern.query.every(([name, value]) => query.getAll(name).includes(value))) continue;
        const labels = matchSegments(pattern.segments, segments);
        if (labels) return { operation: pattern.operation, labels };
      }
      return undefined;
    },
  };
}

function parsePattern(operation: OperationModel, uri: string): Pattern {
  const [path = "", query = ""] = uri.split("?");
  return {
    operation,
    segments: splitPath(path).map((text) => {
      const label = /^\{(.+?)(\+?)\}$/.exec(text);
      return label ? { label: true, greedy: label[2] === "+", text: label[1]! } : { label: false, greedy: false, text };
    }),
    query: [...new URLSearchParams(query)],
  };
}

/** A trailing slash is ignored: older clients send one. */
function splitPath(path: string): string[] {
  return path.replace(/^\//, "").replace(/\/$/, "").split("/");
}

function moreSpecificFirst(left: Pattern, right: Pattern): number {
  if (left.query.length !== right.query.length) return right.query.length - left.query.length;
  for (const [index, segment] of left.segments.entries()) {
    const other = right.segments[index];
    if (other && rank(segment) !== rank(other)) return rank(segment) - rank(other);
  }
  return right.segments.length - left.segments.length;
}

function rank({ label, greedy }: Segment): number {
  return greedy ? 2 : label ? 1 : 0;
}

function matchSegments(pattern: readonly Segment[], segments: readonly string[]): Record<string, string> | undefined {
  const greedyLast = pattern.at(-1)?.greedy === true;
  if (greedyLast ? segments.length < pattern.length : segments.length !== pattern.length) return undefined;
  const labels: [string, string][] = [];
  for (const [index, { label, greedy, text }] of pattern.entries()) {
    const found = greedy ? segments.slice(index).join("/") : segments[index]!;
    if (!label) {
      if (found !== text) return undefined;
      continue;
    }
    const decoded = decodeSegment(found);
    if (decoded === undefined || decoded === "") return undefined;
    labels.push([text, decoded]);
  }
  return Object.fromEntries(labels);
}

/** undefined for invalid percent-encoding. */
function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
