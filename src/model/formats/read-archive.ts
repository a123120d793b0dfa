// ZIP and tar archives: skops, other programs' formats that are ZIP archives, and archives with one model file inside.

import { untar } from "../archive/tar.js";
import { unzip, zipNames } from "../archive/zip.js";
import { deployCode, exportToOnnx } from "../core/hints.js";
import { ModelError } from "../errors.js";
import { printable } from "../pickle/text.js";
import { detectFormat } from "./detect-format.js";

interface ZipKind {
  /** The names that archives of this kind have. */
  readonly has: (names: readonly string[]) => boolean;
  readonly looksLike: string;
  readonly hint: string;
}

const named = (pattern: RegExp) => (names: readonly string[]) => names.some((name) => pattern.test(name));

const zipKinds: readonly ZipKind[] = [
  {
    has: (names) => names.includes("config.json") && names.includes("metadata.json"),
    looksLike: "a Keras model (.keras)",
    hint: `${exportToOnnx("Keras", "tf2onnx")} ${deployCode}`,
  },
  {
    has: (names) => named(/(^|\/)data\.pkl$/)(names) && named(/(^|\/)constants\.pkl$/)(names),
    looksLike: "a TorchScript model",
    hint: `${exportToOnnx("PyTorch", "torch.onnx.export")} ${deployCode}`,
  },
  {
    has: (names) => named(/(^|\/)data\.pkl$/)(names) && named(/(^|\/)(version|byteorder|data\/\d+)$/)(names),
    looksLike: "a PyTorch model or its weights",
    hint: `${exportToOnnx("PyTorch", "torch.onnx.export")} ${deployCode}`,
  },
  {
    has: (names) => names.length > 0 && names.every((name) => name.endsWith(".npy")),
    looksLike: "numpy arrays (.npz), which hold numbers and no model",
    hint: "Save the fitted estimator with pickle or joblib.",
  },
  {
    has: (names) => names.includes("model.ini"),
    looksLike: "an H2O MOJO",
    hint: `H2O models are not supported. ${deployCode}`,
  },
  {
    has: named(/^xl\/workbook\.xml$/),
    looksLike: "an Excel workbook",
    hint: "Save the table as CSV and train a model on it first: tepal train.",
  },
  { has: named(/^word\/document\.xml$/), looksLike: "a Word document", hint: "Pass the model file." },
  { has: named(/^META-INF\/MANIFEST\.MF$/), looksLike: "a Java archive", hint: "Pass the model file." },
];

/** Files beside a model that are not read, whatever they contain. */
const otherFiles =
  /(^|\/)(\.|__MACOSX\/)|\.(py|pyc|md|rst|html|css|js|yml|yaml|toml|cfg|ini|csv|tsv|log|png|jpe?g|svg|ipynb|sh|lock)$|(^|\/)(requirements[^/]*\.txt|LICENSE[^/]*|Dockerfile|MLmodel)$/i;

/** The files of arrays that joblib before 0.10 wrote beside a pickle, by the pickle's name. */
const arrayFile = /^(.*)_\d{2,}\.npy(?:\.z)?$/s;

/** The model file of an archive. */
export interface ArchivedModel {
  readonly file: Uint8Array;
  /** The files of its arrays, by name without a directory. */
  readonly arrays: ReadonlyMap<string, Uint8Array>;
}

/** Files that an error lists. */
const shownMax = 8;

/** Whether a ZIP archive is a skops file. */
export function isSkops(bytes: Uint8Array): boolean {
  return zipNames(bytes).includes("schema.json");
}

/**
 * The model file in a ZIP archive.
 * @throws ModelError "model-format-unknown" for an archive of another program or without a model, "model-several"
 */
export function modelInZip(bytes: Uint8Array): ArchivedModel {
  const kind = zipKinds.find(({ has }) => has(zipNames(bytes)));
  if (kind) {
    throw new ModelError("model-format-unknown", `Unrecognized model format: the file looks like ${kind.looksLike}`, {
      hint: kind.hint,
    });
  }
  return onlyModel(
    unzip(bytes, (name) => !otherFiles.test(name)),
    "ZIP archive",
  );
}

/** The model file in a tar archive. @throws ModelError as `modelInZip` */
export function modelInTar(bytes: Uint8Array): ArchivedModel {
  return onlyModel(new Map([...untar(bytes)].filter(([name]) => !otherFiles.test(name))), "tar archive");
}

function onlyModel(files: ReadonlyMap<string, Uint8Array>, what: string): ArchivedModel {
  const ownerOf = (name: string) => arrayFile.exec(name)?.[1];
  const isArray = (name: string) => files.has(ownerOf(name) ?? "");
  const found = [...files].filter(([name, bytes]) => !isArray(name) && detectFormat(bytes).format !== undefined);
  const [first, second] = found;
  if (first && !second) {
    const arrays = [...files].filter(([name]) => ownerOf(name) === first[0]);
    return { file: first[1], arrays: new Map(arrays.map(([name, bytes]) => [name.replace(/^.*\//s, ""), bytes])) };
  }
  if (!first) {
    throw new ModelError(
      "model-format-unknown",
      `The file is a ${what} without a model file: ${namesOf([...files.keys()])}`,
    );
  }
  throw new ModelError(
    "model-several",
    `The file is a ${what} with ${found.length} model files: ${namesOf(found.map(([name]) => name))}`,
    { hint: "Unpack it, and name the files in the order of use: transformers first, the predictor last." },
  );
}

function namesOf(names: readonly string[]): string {
  if (names.length === 0) return "it has no other files than code and documents";
  const shown = names.slice(0, shownMax).map((name) => printable(name, 60));
  return shown.join(", ") + (names.length > shownMax ? `, and ${names.length - shownMax} more` : "");
}
