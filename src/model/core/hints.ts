// What the owner of a file can do, where several formats share it.

/** The formats with a reader. */
export const supportedFormats =
  "Supported are scikit-learn models saved with pickle, joblib, dill or skops, and models of XGBoost, LightGBM, CatBoost, ONNX and LIBSVM.";

/** What serves a model that Tepal does not read, and a class whose code only its author has. */
export const ownCode = "Deploy a directory with your own Python code and the model: tepal deploy DIRECTORY.";
export const deployCode = `Or: ${ownCode}`;

export function exportToOnnx(library: string, tool: string): string {
  return `${library} models are not supported. Export the model to ONNX with ${tool}, and pass the .onnx file.`;
}
