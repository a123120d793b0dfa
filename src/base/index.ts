export { type Clock, systemClock } from "./clock.js";
export { Cursor } from "./cursor.js";
export {
  BaseError,
  baseErrorCodes,
  type ErrorCode,
  type ErrorCodeTable,
  type ErrorPlace,
  errorClass,
  TepalError,
  type TepalErrorOptions,
} from "./errors.js";
export { type Log, silentLog } from "./log.js";
