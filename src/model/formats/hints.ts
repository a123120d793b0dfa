// What the owner of a file can do, where several formats share it.

/** The formats with a reader. */
export const supportedFormats =
  "Supported are scikit-learn models saved with pickle, joblib, dill or skops, and models of XGBoost, LightGBM, CatBoost, ONNX and LIBSVM.";

/** The way for every model that Tepal does not read. */
export const deployCode =
  "Or deploy a directory with your own Python code and the model: tepal deploy DIRECTORY (docs/python.md).";

export function exportToOnnx(library: string, tool: string): string {
  return `${library} models are not supported. Export the model to ONNX with ${tool}, and pass the .onnx file.`;
}
