// PatchExtractor: every rectangle of a size out of each image.

import { CellError } from "../../core/cell-error.js";
import type { ModelMethod } from "../../core/create-model.js";
import { ModelError } from "../../errors.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { jsonInputs, readJsonRow } from "../../estimator/json-rows.js";
import { columnOf } from "../../estimator/tables.js";
import { Tuple, type Value } from "../../pickle/values.js";

export const patchExtractorClass: EstimatorClass = {
  name: "PatchExtractor",
  paths: ["sklearn.feature_extraction.image"],
  read: readPatchExtractor,
};

/** Numbers of all patches of one request: 1 GB. */
const numbersMax = 1 << 27;

/** An image's numbers, row after row, each pixel with its channels. */
interface Image {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly data: Float64Array;
}

type Size = readonly [height: number, width: number];

function readPatchExtractor(attributes: EstimatorAttributes): EstimatorDefinition {
  if (attributes.get("max_patches") !== undefined) {
    throw attributes.unsupported(
      "it draws random patches (max_patches)",
      "Use PatchExtractor(max_patches=None), which extracts all patches.",
    );
  }
  const size = readSize(attributes, attributes.get("patch_size"));
  const transform: ModelMethod = {
    output: { kind: "number" },
    run(table) {
      const images = columnOf(table, 0).map((cell, row) => imageOf(readJsonRow(cell, row), row));
      return patchesOf(images, size);
    },
  };
  return { inputs: jsonInputs, methods: new Map([["transform", transform]]), parameters: {} };
}

/** A tenth of the images' size, where there is no patch_size. */
function readSize(attributes: EstimatorAttributes, value: Value | undefined): Size | undefined {
  if (value === undefined) return undefined;
  const [height, width] = value instanceof Tuple ? value.items : Array.isArray(value) ? value : [];
  if (!isLength(height) || !isLength(width)) throw attributes.expected("two lengths", ["patch_size"], value);
  return [height, width];
}

function isLength(value: Value | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}

/** Rows of pixels; a pixel is a number, or a list of the numbers of its channels. */
function imageOf(value: unknown, row: number): Image {
  const reject = () =>
    new CellError("input-not-rows", row, 0, (where) => `Expected an image at ${where}: rows of numbers of one length`);
  const lines = listOf(value, reject);
  const height = lines.length;
  const width = listOf(lines[0], reject).length;
  const numbers: number[] = [];
  let channels: number | undefined;
  for (const line of lines) {
    const pixels = listOf(line, reject);
    if (pixels.length !== width) throw reject();
    for (const pixel of pixels) {
      const values = typeof pixel === "number" ? [pixel] : listOf(pixel, reject);
      channels ??= values.length;
      if (values.length !== channels) throw reject();
      for (const number of values) {
        if (typeof number !== "number" || !Number.isFinite(number)) throw reject();
        numbers.push(number);
      }
    }
  }
  return { height, width, channels: channels ?? 1, data: Float64Array.from(numbers) };
}

function listOf(value: unknown, reject: () => CellError): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw reject();
  return value;
}

/** The patches of all images, which have one size: those of an image in the order of their upper left pixels. */
function patchesOf(images: readonly Image[], size: Size | undefined) {
  const { height, width, channels } = images[0]!;
  const [patchHeight, patchWidth] = size ?? [Math.floor(height / 10), Math.floor(width / 10)];
  const different = images.findIndex(
    (image) => image.height !== height || image.width !== width || image.channels !== channels,
  );
  if (different > 0)
    throw new CellError(
      "input-width",
      different,
      0,
      (where) => `The image at ${where} has another size than the first`,
    );
  if (patchHeight < 1 || patchWidth < 1 || patchHeight > height || patchWidth > width) {
    throw new CellError(
      "input-width",
      0,
      0,
      (where) =>
        `The image at ${where} has the size (${height}, ${width}), its patches (${patchHeight}, ${patchWidth})`,
    );
  }
  const down = height - patchHeight + 1;
  const across = width - patchWidth + 1;
  const patches = images.length * down * across;
  const line = patchWidth * channels;
  if (patches * patchHeight * line > numbersMax) {
    throw new ModelError(
      "input-too-many",
      `${patches} patches are ${patches * patchHeight * line} numbers; the maximum is ${numbersMax}`,
      { hint: "Send fewer images in one request." },
    );
  }
  const data = new Float64Array(patches * patchHeight * line);
  let at = 0;
  for (const image of images) {
    for (let top = 0; top < down; top++) {
      for (let left = 0; left < across; left++) {
        for (let row = top; row < top + patchHeight; row++, at += line) {
          const from = (row * width + left) * channels;
          data.set(image.data.subarray(from, from + line), at);
        }
      }
    }
  }
  return { shape: [patches, patchHeight, patchWidth, ...(channels > 1 ? [channels] : [])], data };
}
