export { FunctionError } from "./errors.js";
export { createHandler } from "./handler.js";
export { clientErrorPrefix } from "./result.js";
export { startServer } from "./server/server.js";
