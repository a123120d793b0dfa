// The forms of a request's body: the tutorial's with options, CSV, and those of other servers. A form is recognized by
// the key of its rows.

import { nearest } from "../../base/index.js";
import { readTable, type Signature } from "../../model/index.js";
import { FunctionError } from "../errors.js";
import { type JsonObject, objectOf } from "../json.js";
import type { PredictionRequest } from "../prediction.js";
import { readCsvRows, withCsvResponse } from "./csv.js";
import { isTensorList, readInference } from "./open-inference.js";
import { readOptions, resultJson } from "./options.js";
import { readPredictions } from "./predictions.js";

type FormReader = (request: JsonObject, signature: Signature) => PredictionRequest;

const forms: Readonly<Record<string, FormReader>> = {
  values: ({ values, ...rest }, signature) => tutorialForm(values, rest, signature),
  csv: readCsvForm,
  request: readEnvelope,
  instances: readPredictions,
  inputs: (request, signature) => (isTensorList(request.inputs) ? readInference : readPredictions)(request, signature),
  dataframe_split: readPredictions,
  dataframe_records: readPredictions,
};

/**
 * Reads a request in any form.
 * @throws FunctionError, ModelError "input-...", "method-unknown"
 */
export function readForm(request: JsonObject, signature: Signature): PredictionRequest {
  const keys = Object.keys(request).filter((key) => Object.hasOwn(forms, key));
  const [key] = keys;
  if (key === undefined) throw unknownForm(request, signature);
  if (keys.length > 1) {
    const found = keys.map((each) => JSON.stringify(each)).join(" and ");
    throw new FunctionError("input-ambiguous", `The request has rows in ${found}`);
  }
  return forms[key]!(request, signature);
}

function tutorialForm(values: unknown, rest: JsonObject, signature: Signature): PredictionRequest {
  const options = readOptions(rest, signature);
  return {
    table: readTable(values, signature),
    methods: options.methods,
    respond: (predictions) => ({ body: resultJson(predictions, options, signature) }),
  };
}

/** `{"csv": "5.9,3.0,5.1,2.3"}`: the body of a request with Content-Type text/csv. */
function readCsvForm({ csv, header, accept, ...rest }: JsonObject, signature: Signature): PredictionRequest {
  if (typeof csv !== "string") throw new FunctionError("input-csv", '"csv" must be a string');
  const read = tutorialForm(readCsvRows(csv, signature, headerChoice(header)).rows, rest, signature);
  return accept === "text/csv" ? withCsvResponse(read, readOptions(rest, signature), signature) : read;
}

/** `{"request": {"values": ...}, "accept": "text/csv"}`: a request with the header Accept. */
function readEnvelope({ request, accept }: JsonObject, signature: Signature): PredictionRequest {
  const inner = objectOf(request, "The request");
  if ("request" in inner) throw new FunctionError("input-ambiguous", 'The request has "request" inside of "request"');
  const read = readForm(inner, signature);
  return accept === "text/csv" ? withCsvResponse(read, readOptions(inner, signature), signature) : read;
}

/** The parameter `header` of the media type text/csv (RFC 4180). */
function headerChoice(header: unknown): boolean | undefined {
  if (header === "present") return true;
  return header === "absent" ? false : undefined;
}

/** The error for a request without a known key: it names the wrong one, and the right one. */
function unknownForm(request: JsonObject, signature: Signature): Error {
  const names = Object.keys(forms).filter((name) => name !== "request");
  for (const [key, value] of Object.entries(request)) {
    // Rows under any other name were meant as values.
    const near =
      nearest(key.toLowerCase(), names) ?? (Array.isArray(value) && !options.has(key) ? "values" : undefined);
    if (near === undefined) continue;
    const shown = JSON.stringify(key.slice(0, keyCharactersMax));
    const hint = `Did you mean "${near}"? Send {"values": [[5.9, 3.0, 5.1, 2.3]]}, for example.`;
    return new FunctionError("input-key-unknown", `The request has ${shown}, which is not a known key`, { hint });
  }
  return missingValues(signature);
}

const options: ReadonlySet<string> = new Set(["methods", "method", "labels"]);
/** A key in a message; longer ones are cut. */
const keyCharactersMax = 40;

/** The error of a request without values, with an example of the model's own columns. */
function missingValues(signature: Signature): Error {
  try {
    readTable(undefined, signature);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  return new FunctionError("input-key-unknown", 'The request has no "values"');
}
