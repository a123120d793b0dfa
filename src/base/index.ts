export { type Clock, systemClock } from "./clock.js";
export { type Code, type CodeEntry, codes } from "./codes.js";
export { Cursor } from "./cursor.js";
export { type ErrorPlace, TepalError, type TepalErrorOptions } from "./errors.js";
export { type Log, silentLog } from "./log.js";
