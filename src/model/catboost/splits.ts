// The splits of a CatBoost model, which its trees refer to by number: those of float features, then of category
// features by value, then of target statistics.

import type { Row } from "./columns.js";
import { ctrValue } from "./ctr-tables.js";
import { combineHash } from "./hashes.js";
import { broken, type Combination, type CtrFeature, type CtrTable, type ModelParts } from "./parts.js";

interface Splits {
  readonly count: number;
  /** Writes for each split whether it holds for the row: 1 or 0. */
  fill(row: Row, holds: Uint8Array): void;
}

/** By the number of a feature: its position in the file's list. */
interface Positions {
  readonly floats: ReadonlyMap<number, number>;
  readonly categories: ReadonlyMap<number, number>;
}

/** @throws ModelError "catboost-broken" where a split refers to a feature or a table that does not exist */
export function createSplits(parts: ModelParts): Splits {
  const positions = { floats: positionsOf(parts.floats), categories: positionsOf(parts.categories) };
  const oneHots = parts.oneHots.map(({ category, hashes }) => ({
    position: positionOf(positions.categories, category),
    hashes,
  }));
  const { ctrs, combinations } = readCtrs(parts, positions);
  const count = [...parts.floats.map(({ borders }) => borders), ...oneHots.map(({ hashes }) => hashes)]
    .concat(ctrs.map(({ ctr }) => ctr.borders))
    .reduce((sum, { length }) => sum + length, 0);
  return {
    count,
    fill(row, holds) {
      let split = 0;
      for (let position = 0; position < parts.floats.length; position++) {
        const { borders } = parts.floats[position]!;
        fillAbove(row.floats[position]!, borders, holds, split);
        split += borders.length;
      }
      for (const { position, hashes } of oneHots) {
        const hash = row.hashes[position]!;
        for (let index = 0; index < hashes.length; index++) holds[split++] = hash === hashes[index] ? 1 : 0;
      }
      const hashes = combinations.map((hashOf) => hashOf(row));
      for (const { ctr, table, combination } of ctrs) {
        fillAbove(ctrValue(ctr, table, table.rowOf(hashes[combination]!)), ctr.borders, holds, split);
        split += ctr.borders.length;
      }
    },
  };
}

function positionsOf(features: readonly { readonly index: number }[]): ReadonlyMap<number, number> {
  return new Map(features.map(({ index }, position) => [index, position]));
}

function positionOf(positions: ReadonlyMap<number, number>, index: number): number {
  const position = positions.get(index);
  if (position === undefined) throw broken(`it refers to feature ${index}, which does not exist`);
  return position;
}

/** NaN is above no border. */
function fillAbove(value: number, borders: ArrayLike<number>, holds: Uint8Array, first: number): void {
  for (let index = 0; index < borders.length; index++) holds[first + index] = value > borders[index]! ? 1 : 0;
}

/** The statistics with their tables. Many share a combination, which is hashed once for each row. */
function readCtrs(parts: ModelParts, positions: Positions) {
  const combinations: ((row: Row) => bigint)[] = [];
  const numbers = new Map<string, number>();
  const ctrs = parts.ctrs.map((ctr) => {
    const key = JSON.stringify(ctr.combination);
    const combination = numbers.get(key) ?? combinations.push(combinationHash(ctr.combination, positions)) - 1;
    numbers.set(key, combination);
    return { ctr, table: tableOf(ctr, parts), combination };
  });
  return { ctrs, combinations };
}

function tableOf(ctr: CtrFeature, { ctrTables }: ModelParts): CtrTable {
  const table = ctrTables.get(ctr.table);
  if (!table) throw broken("it has no table for some of its statistics");
  const isCount = ctr.type === "Buckets" || ctr.type === "Borders";
  if (isCount && !(ctr.targetBorder >= 0 && ctr.targetBorder < table.stride))
    throw broken(`statistics refer to class ${ctr.targetBorder} of ${table.stride}`);
  return table;
}

/** The hash of a row's values: first the categories, then whether the splits hold. */
function combinationHash(
  { categories, floatSplits, oneHotSplits }: Combination,
  positions: Positions,
): (row: Row) => bigint {
  const values = Array.from(categories, (index) => positionOf(positions.categories, index));
  const floats = floatSplits.map(([index, border]) => ({ position: positionOf(positions.floats, index), border }));
  const oneHots = oneHotSplits.map(([index, hash]) => ({ position: positionOf(positions.categories, index), hash }));
  return function hashOf(row) {
    let hash = 0n;
    for (const position of values) hash = combineHash(hash, row.hashes[position]!);
    for (const { position, border } of floats) hash = combineHash(hash, row.floats[position]! > border ? 1 : 0);
    for (const { position, hash: own } of oneHots) hash = combineHash(hash, row.hashes[position] === own ? 1 : 0);
    return hash;
  };
}
