export { type About, nameOfFile } from "./about.js";
export { FunctionError } from "./errors.js";
export { createHandler } from "./handler.js";
export { loadModel } from "./model-file.js";
export { clientErrorPrefix } from "./result.js";
export { startServer } from "./server/server.js";
