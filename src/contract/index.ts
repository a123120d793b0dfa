// The public interface of contract: what callers of a deployed model, or of the user's own code, see.

export { type ClientLanguage, clientSource } from "./client/index.js";
export { isObject, type JsonSchema, schemaDepthMax } from "./json-schema.js";
export { modelInfo } from "./model-info.js";
export { infoPaths, openApiDocument } from "./openapi.js";
export { exampleRequest } from "./overview.js";
export { apiKeyScheme, iamScheme, type Security } from "./security.js";
export { type ApiSubject, bodySchemas, type CodeSchema, describeSubject, exampleOf } from "./subject.js";
