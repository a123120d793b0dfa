export { callerErrorPrefix, faultPrefix, type Handler } from "./answer.js";
export { FunctionError, functionErrorCodes } from "./errors.js";
export { createHandler } from "./handler.js";
export { type RunningServer, type ServerOptions, startServer } from "./server/server.js";
