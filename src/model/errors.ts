// The error codes of this room: what each one means and how to fix it. docs/errors.md is generated from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const modelErrorCodes = {
  "model-format-unknown": {
    meaning: "The file is not in a supported model format.",
    remedy:
      "Use a scikit-learn model saved with pickle, joblib, dill or skops, or a model of XGBoost, LightGBM, CatBoost, ONNX or LIBSVM.",
  },
  "model-several": {
    meaning: "An archive or a directory contains several model files.",
    remedy: "Name the files in the order of use: transformers first, the predictor last.",
  },
  "model-damaged": {
    meaning: "A compressed model file cannot be decompressed, or its checksum is wrong.",
    remedy: "Copy or download the file again; compare its size with the original.",
  },
  "model-too-large": {
    meaning: "A model file, or its decompressed content, is larger than the maximum.",
    remedy: "Save a smaller model, or save it uncompressed.",
  },
  "xgboost-broken": {
    meaning: "An XGBoost model file does not follow its format.",
    remedy: "Write the file again with save_model; the file may have been truncated or changed in transit.",
  },
  "lightgbm-broken": {
    meaning: "A LightGBM model file does not follow its format.",
    remedy: "Write the file again with save_model; the file may have been truncated or changed in transit.",
  },
  "catboost-broken": {
    meaning: "A CatBoost model file does not follow its format.",
    remedy: "Write the file again with save_model; the file may have been truncated or changed in transit.",
  },
  "onnx-broken": {
    meaning: "An ONNX model file does not follow its format, or is incomplete.",
    remedy: "Write the file again as one file, and check it with onnx.checker.check_model.",
  },
  "onnx-runtime-missing": {
    meaning: "The package onnxruntime-node, which runs ONNX models, is not installed.",
    remedy: "Install it next to Tepal: ONNXRUNTIME_NODE_INSTALL_CUDA=skip npm install onnxruntime-node.",
  },
  "onnx-failed": {
    meaning: "The package onnxruntime-node rejected an ONNX model, or failed on the rows.",
    remedy: "See its message; the model may use an operator that onnxruntime does not support.",
  },
  "skops-broken": {
    meaning: "A ZIP archive is not a skops file, or its parts are inconsistent.",
    remedy:
      "Write the file again with skops.io.dump; Keras, PyTorch and npz files are also ZIP archives, and are not supported.",
  },
  "libsvm-broken": {
    meaning: "A LIBSVM model file does not follow its format.",
    remedy: "Write the file again with svm-train or svm_save_model.",
  },
  "pickle-opcode-unknown": {
    meaning: "A byte of a pickle is not a known opcode.",
    remedy: "The file is damaged or not a pickle: copy or download it again, or save the model again.",
  },
  "pickle-opcode-unsupported": {
    meaning: "A pickle opcode refers to data outside of the file.",
    remedy: "Save the model again with pickle.dump or joblib.dump, without persistent ids or out-of-band buffers.",
  },
  "pickle-broken": {
    meaning: "A pickle's opcodes are inconsistent.",
    remedy: "The file is damaged: copy or download it again, or save the model again.",
  },
  "pickle-limit": {
    meaning: "A pickle has more values, or larger values, than a model needs.",
    remedy: "If the file is a valid model, report it with its size and estimator.",
  },
  "pickle-global-rejected": {
    meaning: "A file names a class or function that is not in the allow-list; no object was built.",
    remedy: "Save only the fitted scikit-learn estimator, without custom classes and functions.",
  },
  "pandas-broken": {
    meaning: "A pandas Series, DataFrame or Index in a model file has inconsistent parts.",
    remedy: "The file is damaged: copy or download it again, or save the model again.",
  },
  "pandas-unsupported": {
    meaning: "A model file holds a pandas object of a kind that no supported estimator uses.",
    remedy: "See the message; fit the estimator on numbers, strings or booleans, and save it again.",
  },
  "numpy-broken": {
    meaning: "An array's type, shape and bytes are inconsistent, or its type is not supported.",
    remedy: "The file is damaged, or has an array that no supported estimator has: save the model again.",
  },
  "estimator-missing": {
    meaning: "The file has no estimator where one is expected.",
    remedy: "Save the fitted estimator itself: pickle.dump(model, file).",
  },
  "estimator-several": {
    meaning: "The file has several estimators in a dict, list or tuple, and does not say which one to use.",
    remedy: "Save one of them, or combine them in a Pipeline.",
  },
  "estimator-no-predictor": {
    meaning: "The file has several objects, and none of them predicts.",
    remedy: "Name the file of the model too, or name the transformer with FILE::MEMBER to serve it alone.",
  },
  "estimator-unsupported": {
    meaning: "The estimator, or this variant of it, is not supported.",
    remedy: "See docs/models.md for the supported estimators.",
  },
  "estimator-inconsistent": {
    meaning: "A fitted estimator's attributes are inconsistent.",
    remedy: "The model is perhaps not fitted, or the file was edited: fit the model and save it again.",
  },
  "chain-invalid": {
    meaning: "The description of a chain of objects (the key model of tepal.yaml, or chain.json) has an error.",
    remedy: "See docs/chains.md for the keys.",
  },
  "chain-member-unknown": {
    meaning: "A file does not contain the object that FILE::MEMBER names.",
    remedy: "Use one of the members that the message lists; nested members are joined by dots: models.rf.",
  },
  "chain-no-transform": {
    meaning: "A part of a chain that is not the last one does not transform a table.",
    remedy: "Put transformers first and the predictor last.",
  },
  "chain-width": {
    meaning: "A part of a chain does not return as many columns as the next part expects.",
    remedy: "Check the order of the files, and that they were fitted together.",
  },
  "chain-names": {
    meaning: "Two parts of a chain were fitted with different columns, or with another order of them.",
    remedy: "Use files of the same training run, or give the order with the key columns.",
  },
  "chain-columns": {
    meaning: "A chain needs names of columns that it does not have.",
    remedy: "Add the key columns to the spec file: the names of the table's columns in order.",
  },
  "chain-each": {
    meaning: "A step with each: true is not a dict of column names and encoders.",
    remedy: "Use each for a dict such as {column: LabelEncoder}, and a plain step for one transformer.",
  },
  "chain-dummies": {
    meaning: "The key dummies does not fit the names of the columns.",
    remedy: 'Map each column of the request to the prefix of its one-hot columns: {city: "city_"}.',
  },
  "chain-constants": {
    meaning: "The key constants does not fit the columns of the model.",
    remedy: "Map each column that your code adds to its value: {source: web}.",
  },
  "chain-text": {
    meaning: "A cleaning of the key text cannot be read.",
    remedy: "Use a pattern without back-references and look-around, and a list of words for drop_words.",
  },
  "chain-decode": {
    meaning: "The decoder of a chain has no label for a prediction or for a class of the model.",
    remedy: "Use the LabelEncoder that was fitted on the target of this model.",
  },
  "chain-inverse": {
    meaning: "The function inverse_func of a chain has no numbers to apply to: the model does not predict numbers.",
    remedy: "Remove inverse_func, or use it with a regressor.",
  },
  "chain-threshold": {
    meaning: "The threshold is not a number from 0 to 1, or the model does not predict probabilities of two classes.",
    remedy: "Remove the threshold, or use a classifier of two classes with predict_proba.",
  },
  "method-unknown": {
    meaning: "The request names a method that the model does not have.",
    remedy: "Omit the method, or use one that the model has.",
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
    meaning: "A value does not have the type of its column.",
    remedy: "Send JSON numbers without quotes, and strings where the model expects strings.",
  },
  "input-not-a-string": {
    meaning: "A value is not a string where the model expects a document.",
    remedy: "Send the document as a string.",
  },
  "input-too-many": {
    meaning: "Sparse rows would not fit into memory as dense rows.",
    remedy: "Send fewer rows in one request.",
  },
  "input-pattern-limit": {
    meaning:
      "Matching the documents with the model's regular expressions takes more steps than one request is allowed.",
    remedy: "Send fewer or shorter documents, or use a simpler token_pattern or text cleaning.",
  },
  "input-missing-value": {
    meaning: "A value is null, and the model does not support missing values in this column.",
    remedy: "Send a value, or train a model that supports missing values.",
  },
  "input-too-large": {
    meaning: "A number is too large for the model.",
    remedy: "Check the unit: the largest 32-bit float is 3.4e38.",
  },
  "input-out-of-range": {
    meaning: "A value is outside of the training range, and the model rejects such values.",
    remedy: "Send a value in the range that the message states.",
  },
  "input-category-unknown": {
    meaning: "A category or label was not in the training data.",
    remedy: "Send one of the values that the model's signature lists.",
  },
  "input-negative": {
    meaning: "A number is negative, and the model expects counts or amounts.",
    remedy: "Send numbers of 0 or more.",
  },
  "input-no-neighbors": {
    meaning: "A row has no training row within the model's radius, and the model has no outlier label.",
    remedy: "Omit the row, or fit the model with a larger radius or with outlier_label.",
  },
  "input-name-missing": {
    meaning: "A row with named columns does not have every column.",
    remedy: "Send every column of the model in each row.",
  },
  "input-name-unknown": {
    meaning: "A row with named columns has a column that the model does not have.",
    remedy: "Check the spelling, or remove the column.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class ModelError extends errorClass(modelErrorCodes) {}
