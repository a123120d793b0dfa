export { type Clock, systemClock } from "./clock.js";
export { type CsvRow, csvRows } from "./csv.js";
export { Cursor } from "./cursor.js";
export { type ErrorCodeTable, errorClass } from "./errors.js";
export { type Log, silentLog } from "./log.js";
export { nearest, suggestion } from "./suggest.js";
export { type ErrorPlace, TepalError } from "./tepal-error.js";
