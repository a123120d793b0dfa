// The public interface of score: files of rows in, files of predictions out.

export { deployedModel } from "./deployed/deployed-model.js";
export { deployedSignature } from "./deployed/deployed-signature.js";
export { fileFormat, standardStream } from "./format.js";
export { type ScoreOptions, type ScoreProgress, scoreTable } from "./run/score-table.js";
