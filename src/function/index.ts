export { FunctionError, functionErrorCodes } from "./errors.js";
export { createHandler } from "./handler.js";
export { clientErrorPrefix, type Handler, serverErrorPrefix } from "./result.js";
export { type RunningServer, type ServerOptions, startServer } from "./server/server.js";
