// The error codes of this room: what happened and what to do. docs/errors.md is generated from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const modelErrorCodes = {
  "model-format-unknown": {
    meaning: "The file is no model of a format that is read.",
    remedy:
      "Give a scikit-learn model saved with pickle, joblib or skops, or a model of XGBoost, LightGBM, ONNX or LIBSVM.",
  },
  "model-damaged": {
    meaning: "A compressed model file cannot be inflated, or its checksum is wrong.",
    remedy: "Copy or download the file again; compare its size with the original.",
  },
  "model-too-large": {
    meaning: "A model file is larger, or inflates to more, than is read.",
    remedy: "Save a smaller model, or save it uncompressed.",
  },
  "xgboost-broken": {
    meaning: "An XGBoost model file does not follow its format.",
    remedy: "Write the file again with save_model; the file may have been cut or changed on the way.",
  },
  "lightgbm-broken": {
    meaning: "A LightGBM model text does not follow its format.",
    remedy: "Write the file again with save_model; the file may have been cut or changed on the way.",
  },
  "onnx-broken": {
    meaning: "An ONNX model file does not follow its format, or is not whole.",
    remedy: "Write the file again as one file, and check it with onnx.checker.check_model.",
  },
  "onnx-runtime-missing": {
    meaning: "The package onnxruntime-node, which runs ONNX models, is not installed.",
    remedy: "Install it beside Tepal: ONNXRUNTIME_NODE_INSTALL_CUDA=skip npm install onnxruntime-node.",
  },
  "onnx-failed": {
    meaning: "An ONNX model is refused by onnxruntime, or gives no answer for the rows.",
    remedy: "Read its words in the message; the model may need an operator that it does not have.",
  },
  "skops-broken": {
    meaning: "A ZIP archive is not a skops file, or its parts do not fit together.",
    remedy:
      "Write the file again with skops.io.dump; Keras, PyTorch and npz files are ZIP archives too, and are not read.",
  },
  "libsvm-broken": {
    meaning: "A LIBSVM model file does not follow its format.",
    remedy: "Write the file again with svm-train or svm_save_model.",
  },
  "pickle-opcode-unknown": {
    meaning: "A byte where a pickle instruction should stand is none.",
    remedy: "The file is damaged or no pickle: copy or download it again, or save the model again.",
  },
  "pickle-opcode-refused": {
    meaning: "A pickle instruction asks for data that is not in the file.",
    remedy: "Save the model again with pickle.dump or joblib.dump, without persistent ids or out-of-band buffers.",
  },
  "pickle-broken": {
    meaning: "A pickle's instructions do not fit together.",
    remedy: "The file is damaged: copy or download it again, or save the model again.",
  },
  "pickle-limit": {
    meaning: "A pickle holds more, or larger, values than a model needs.",
    remedy: "If the file is an honest model, report it with its size and estimator.",
  },
  "pickle-global-refused": {
    meaning: "A pickle names a class or function that is not in the allow-list; nothing was built.",
    remedy: "Save the fitted scikit-learn estimator alone, without custom classes and functions.",
  },
  "numpy-broken": {
    meaning: "An array's type, shape and bytes do not fit together, or its type is not read.",
    remedy: "The file is damaged, or holds an array that no supported estimator has: save the model again.",
  },
  "estimator-missing": {
    meaning: "The file holds no estimator where one is needed.",
    remedy: "Save the fitted estimator itself: pickle.dump(model, file).",
  },
  "estimator-several": {
    meaning: "The file holds several estimators in a dict, list or tuple, and nothing tells which one answers.",
    remedy: "Save one of them, or a Pipeline of those that belong together.",
  },
  "estimator-unsupported": {
    meaning: "The estimator, or this variant of it, is not supported.",
    remedy: "See docs/models.md for the estimators that are read.",
  },
  "estimator-inconsistent": {
    meaning: "A fitted estimator's parts do not fit together.",
    remedy: "The model may be unfitted, or the file changed by hand: fit it, and save it again.",
  },
  "method-unknown": {
    meaning: "The request names a method that the model does not have.",
    remedy: "Leave the method out, or use one that the model has.",
  },
  "input-values-missing": {
    meaning: 'The request has no "values".',
    remedy: 'Send {"values": [[...], ...]}, a list of rows.',
  },
  "input-not-rows": {
    meaning: "The values are not a list of rows.",
    remedy: 'Send {"values": [[...], ...]}, a list of rows, each a list of values.',
  },
  "input-empty": {
    meaning: "The request has no rows.",
    remedy: "Send at least one row.",
  },
  "input-width": {
    meaning: "A row does not have as many values as the model has features.",
    remedy: "Send each row's values in the order of the model's columns.",
  },
  "input-not-a-number": {
    meaning: "A value is not of the kind that its column needs.",
    remedy: "Send JSON numbers without quotes, and texts where the model takes texts.",
  },
  "input-not-a-text": {
    meaning: "A request gives something else than a text where the model takes a document.",
    remedy: "Give the document as a string.",
  },
  "input-too-many": {
    meaning: "Rows of a sparse step, written out as numbers, would not fit into memory.",
    remedy: "Send fewer rows in one request.",
  },
  "input-missing-value": {
    meaning: "A value is null, and the model does not take missing values in this column.",
    remedy: "Send a value, or train a model that takes missing values.",
  },
  "input-too-large": {
    meaning: "A number is larger than the model can take.",
    remedy: "Mind the unit: 32-bit floats end at 3.4e38.",
  },
  "input-out-of-range": {
    meaning: "A value lies outside the range of training, and the model answers none such.",
    remedy: "Send a value within the range that the message names.",
  },
  "input-category-unknown": {
    meaning: "A category or label was not there in training.",
    remedy: "Send one of the values that the model's signature lists.",
  },
  "input-negative": {
    meaning: "A number is negative, and the model takes counts and amounts.",
    remedy: "Send numbers from 0 on.",
  },
  "input-no-neighbours": {
    meaning: "A row has no training row within the model's radius, and the model has no label for such rows.",
    remedy: "Leave the row out, or fit the model with a larger radius or with outlier_label.",
  },
  "input-name-missing": {
    meaning: "A row given by names lacks a column.",
    remedy: "Send every column of the model in each row.",
  },
  "input-name-unknown": {
    meaning: "A row given by names has a column that the model does not take.",
    remedy: "Leave the column out, and mind its spelling.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class ModelError extends errorClass(modelErrorCodes) {}
