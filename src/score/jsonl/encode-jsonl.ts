import { ByteBuilder } from "../byte-builder.js";
import { jsonOf, type ScoredTable } from "../table-writing.js";

/** Bytes of one more value in a row, to allocate the output of a block at once. */
const valueBytesTypical = 40;

/**
 * The rows as JSON Lines. The text of a JSON object is copied as it is, with the predictions as its last keys; a list
 * or a string becomes the key "values" of an object, as in a request.
 */
export function encodeJsonl({ decoded, columns, records, predictions }: ScoredTable): Uint8Array<ArrayBuffer> {
  const { raw } = decoded;
  const inputKeys = raw ? [] : columns.map(({ name }) => JSON.stringify(name));
  const keys = predictions.map(({ name, values }) => ({ key: JSON.stringify(name), values }));
  const perRow = valueBytesTypical * (keys.length + inputKeys.length);
  const out = new ByteBuilder((raw?.bytes.length ?? 0) + perRow * records.length);
  for (let row = 0; row < records.length; row++) {
    const record = records[row]!;
    const members = keys.map(({ key, values }) => `${key}:${jsonOf(values[row])}`);
    if (raw) out.append(`${openObject(decoded.text(record).trim())}${members.join(",")}}\n`);
    else {
      const inputs = inputKeys.map((key, column) => `${key}:${jsonOf(decoded.value(record, column))}`);
      out.append(`{${[...inputs, ...members].join(",")}}\n`);
    }
  }
  return out.bytes();
}

/** The row as an object without its end. */
function openObject(text: string): string {
  if (!text.startsWith("{")) return `{"values":${text},`;
  const inside = text.slice(1, -1);
  return inside.trim() === "" ? "{" : `{${inside.trimEnd()},`;
}
