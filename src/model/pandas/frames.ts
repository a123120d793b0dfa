// pandas' Series and DataFrame: values with labels. Their pickles keep blocks, arrays of the columns of one type.

import type { Scalar } from "../core/model.js";
import { NdArray } from "../numpy/ndarray.js";
import { Dict, Instance, kindOf, Tuple, type Value } from "../pickle/values.js";
import { readArray, readIndex, shapeOfArray } from "./arrays.js";
import { broken, unsupported } from "./errors.js";

interface Series {
  /** The label of each value: the categories of an encoder's mapping. */
  readonly index: readonly Scalar[];
  readonly values: readonly Scalar[];
}

interface DataFrame {
  /** The names of the columns. */
  readonly columns: readonly Scalar[];
  /** The label of each row. */
  readonly index: readonly Scalar[];
  /** The values of the column with this position. */
  column(position: number): readonly Scalar[];
}

/** Columns of a frame that a model keeps: a mapping has one for each output column of an encoder. */
const columnsMax = 100_000;

export function isSeries(value: Value | undefined): value is Instance {
  return isPandas(value, "Series");
}

export function isFrame(value: Value | undefined): value is Instance {
  return isPandas(value, "DataFrame");
}

function isPandas(value: Value | undefined, name: string): value is Instance {
  return value instanceof Instance && value.global.module.startsWith("pandas") && value.global.name === name;
}

/** @throws ModelError "pandas-unsupported" for anything that is not a Series; "pandas-broken" */
export function readSeries(value: Value | undefined): Series {
  if (!isSeries(value)) throw unsupported(`${kindOf(value)} instead of a Series`);
  const { axes, blocks } = readManager(value);
  const [block] = blocks;
  const index = readIndex(axes[0]);
  const values = readArray(block?.values);
  if (axes.length !== 1 || blocks.length !== 1 || values.length !== index.length)
    throw broken(`a Series has ${values.length} values and ${index.length} labels`);
  return { index, values };
}

/** @throws ModelError "pandas-unsupported" for anything that is not a DataFrame; "pandas-broken" */
export function readFrame(value: Value | undefined): DataFrame {
  if (!isFrame(value)) throw unsupported(`${kindOf(value)} instead of a DataFrame`);
  const { axes, blocks } = readManager(value);
  if (axes.length !== 2) throw broken(`a DataFrame has ${axes.length} axes`);
  const columns = readIndex(axes[0]);
  const index = readIndex(axes[1]);
  if (columns.length > columnsMax)
    throw broken(`a DataFrame of ${columns.length} columns; the maximum is ${columnsMax}`);
  const places = placeColumns(blocks, columns.length, index.length);
  const read = new Map<Block, readonly Scalar[]>();
  return {
    columns,
    index,
    column(position) {
      const place = places[position];
      if (!place) throw broken(`a DataFrame has no column ${position}`);
      const values = read.get(place.block) ?? readArray(place.block.values);
      read.set(place.block, values);
      return values.slice(place.row * index.length, (place.row + 1) * index.length);
    },
  };
}

interface Block {
  /** An array of (columns, rows); one of pandas' own types has one column. */
  readonly values: Value | undefined;
  /** A slice, or an array of positions: the columns of the frame that its rows are. */
  readonly positions: Value | undefined;
}

interface Manager {
  readonly axes: readonly Value[];
  readonly blocks: readonly Block[];
}

/** `_mgr`; `_data` until pandas 1.0. */
function readManager({ attributes }: Instance): Manager {
  const manager = attributes.get("_mgr") ?? attributes.get("_data");
  if (!(manager instanceof Instance)) throw broken(`expected a manager of blocks, found ${kindOf(manager)}`);
  if (manager.state instanceof Tuple) return readManagerState(manager.state);
  // Since 1.3: (blocks, axes), or (block, axis) of a Series.
  const [blocks, axes] = manager.args;
  return {
    axes: Array.isArray(axes) ? axes : axes === undefined ? [] : [axes],
    blocks: (blocks instanceof Tuple ? blocks.items : [blocks]).map((block) => {
      if (!(block instanceof Instance)) throw broken(`expected a block, found ${kindOf(block)}`);
      const [values, positions] = block.args;
      return { values, positions };
    }),
  };
}

/** Until 1.3, and of a Series: (axes, values, items, {"0.14.1": {axes, blocks}}). */
function readManagerState({ items }: Tuple): Manager {
  const state = dictOf(dictOf(items[3], "a dict of states").get("0.14.1"), "a dict of axes and blocks");
  const axes = state.get("axes");
  const blocks = state.get("blocks");
  if (!Array.isArray(axes) || !Array.isArray(blocks)) throw broken("a manager has no axes and blocks");
  return {
    axes,
    blocks: blocks.map((block) => {
      const parts = dictOf(block, "a block");
      return { values: parts.get("values"), positions: parts.get("mgr_locs") };
    }),
  };
}

interface Place {
  readonly block: Block;
  readonly row: number;
}

/** Where the values of each column are. */
function placeColumns(blocks: readonly Block[], columns: number, rows: number): readonly (Place | undefined)[] {
  const places = new Array<Place | undefined>(columns).fill(undefined);
  for (const block of blocks) {
    const shape = shapeOfArray(block.values);
    const [height, width] = shape.length === 1 ? [1, shape[0]!] : shape;
    const positions = readPositions(block.positions, columns);
    if (height !== positions.length || width !== rows || shape.length > 2)
      throw broken(`a block of ${shape.join(" x ")} values for ${positions.length} columns of ${rows} rows`);
    for (const [row, position] of positions.entries()) {
      if (places[position]) throw broken(`two blocks have column ${position}`);
      places[position] = { block, row };
    }
  }
  if (places.includes(undefined)) throw broken("no block has one of its columns");
  return places;
}

function readPositions(value: Value | undefined, columns: number): readonly number[] {
  const positions = value instanceof NdArray ? Array.from(value.toNumbers()) : readSlice(value);
  if (positions.some((position) => !Number.isInteger(position) || position < 0 || position >= columns))
    throw broken(`a block is at a column that does not exist, of ${columns}`);
  return positions;
}

function readSlice(value: Value | undefined): readonly number[] {
  if (!(value instanceof Instance) || value.global.name !== "slice")
    throw broken(`expected the columns of a block, found ${kindOf(value)}`);
  const [start, stop, step = 1] = value.args.map(Number);
  const count = (stop! - start!) / step;
  if (!(count >= 0 && count <= columnsMax)) throw broken("a block has no range of columns");
  return Array.from({ length: Math.ceil(count) }, (_, index) => start! + index * step);
}

function dictOf(value: Value | undefined, what: string): Dict {
  if (!(value instanceof Dict)) throw broken(`expected ${what}, found ${kindOf(value)}`);
  return value;
}
