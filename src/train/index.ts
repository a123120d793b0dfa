export type { CrossValidation } from "./cross-validation.js";
export { TrainError, trainErrorCodes } from "./errors.js";
export type { TrainOptions } from "./options.js";
export type { Gamma } from "./svc/gamma.js";
export type { Kernel } from "./svc/libsvm.js";
export { type ClassReport, type Trained, type TrainReport, train } from "./train.js";
