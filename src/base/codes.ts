// Every error code of Tepal, by room: what it means and what to do. docs/errors.md is written from this table.

export interface CodeEntry {
  /** What happened, in one sentence. */
  readonly meaning: string;
  /** What the reader of the error can do. */
  readonly remedy: string;
}

export const codes = {
  // base
  "file-cut-short": {
    meaning: "A binary file ended before a value that it announced.",
    remedy: "Copy or download the file again; compare its size with the original.",
  },
  // model
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
  // function
  "input-not-json": {
    meaning: "A request is not JSON text.",
    remedy: 'Send JSON, for example {"values": [[5.9, 3.0, 5.1, 2.3]]}, in double quotes.',
  },
  "input-not-an-object": {
    meaning: "A request is JSON, but not an object.",
    remedy: 'Put the rows under "values": {"values": [[5.9, 3.0, 5.1, 2.3]]}.',
  },
  "input-body-missing": {
    meaning: "A request came through an HTTP API without a body.",
    remedy: "Send the request as the body of a POST.",
  },
  "model-file-not-found": {
    meaning: "A function image holds no model file, or more than one and no word which one to use.",
    remedy: "Put one file into the folder model beside the bundle, or name the file in the variable TEPAL_MODEL.",
  },
  "server-address": {
    meaning: "The function's server cannot listen on its address and port.",
    remedy: "Stop the program that uses the port, or choose another with --port.",
  },
  // image
  "image-digest-invalid": {
    meaning: "A text is not a SHA-256 digest.",
    remedy: "Write it as sha256: and 64 hex digits in lower case.",
  },
  "image-digest-mismatch": {
    meaning: "Bytes are not the ones that their digest or size announces.",
    remedy: "They were damaged or changed on the way; fetch or build the image again.",
  },
  "image-reference-invalid": {
    meaning: "A text does not name an image.",
    remedy: "Write REGISTRY/REPOSITORY:TAG, for example localhost:4566/iris:v1.",
  },
  "image-media-type": {
    meaning: "A part of an image has a type that is not read here.",
    remedy: "Build the image as an OCI or Docker schema 2 image.",
  },
  "image-document-too-large": {
    meaning: "A manifest, config or index is larger than any registry takes.",
    remedy: "Check where the image comes from.",
  },
  "image-document-invalid": {
    meaning: "A manifest, config or index does not have the form that its specification asks for.",
    remedy: "Build or pull the image again.",
  },
  "image-tar-invalid": {
    meaning: "A tar file does not have tar's form.",
    remedy: "Build or pull the image again.",
  },
  "image-tar-unsupported": {
    meaning: "A tar file uses a feature that no image layer needs.",
    remedy: "Build the image again with an OCI or Docker tool.",
  },
  "image-tar-cut-short": {
    meaning: "A tar file ends inside an entry.",
    remedy: "Build, pull or copy it again.",
  },
  "image-layer-corrupt": {
    meaning: "A layer's compressed data is damaged.",
    remedy: "Build, pull or copy the image again.",
  },
  "image-compression-unsupported": {
    meaning: "A layer is compressed in a way that this Node cannot read.",
    remedy: "Push the image again with gzip layers.",
  },
  "image-path-unsafe": {
    meaning: "A layer has a path that would lead out of the root file system, or that no file can have.",
    remedy: "Do not trust this image.",
  },
  "image-base-system": {
    meaning: "The base image is made from this machine's Node, which only runs in a Linux image on Linux.",
    remedy: "Give a base image with Node in it, for example --base public.ecr.aws/docker/library/node:22-slim.",
  },
  "image-base-elf": {
    meaning: "This machine's Node, or a library of it, is not a program that a Linux image on Lambda could run.",
    remedy: "Give a base image with Node in it, for example --base public.ecr.aws/docker/library/node:22-slim.",
  },
  "image-base-library": {
    meaning: "A library that this machine's Node links was not found in the folders that the loader searches.",
    remedy: "Install it, or give a base image with --base; LD_LIBRARY_PATH is not followed.",
  },
  "image-unreadable": {
    meaning: "A file or folder is not an image, or parts of the image are missing from it.",
    remedy: "Give an OCI layout folder, or a tar file written by tepal build, docker save or skopeo copy.",
  },
  "image-ambiguous": {
    meaning: "A file or folder holds several images, or none of the name that was given.",
    remedy: "Give the tag of the image that is meant.",
  },
  "image-platform": {
    meaning: "An image is not for the operating system or processor that is wanted.",
    remedy: "Name an image that is, or build for its platform with --platform.",
  },
  "registry-unreachable": {
    meaning: "A registry gave no answer.",
    remedy: "Check its address and the network; a local registry has to be running.",
  },
  "registry-unauthorized": {
    meaning: "A registry does not let this caller do this.",
    remedy: "Sign in with credentials that may push to, or pull from, the repository.",
  },
  "registry-refused": {
    meaning: "A registry answered a request in another way than the distribution specification allows for success.",
    remedy: "Read the registry's words in the message; the repository may not exist.",
  },
  "registry-not-found": {
    meaning: "A registry does not have the image.",
    remedy: "Check the repository's name and the tag.",
  },
  "registry-answer-invalid": {
    meaning: "A registry's answer breaks the distribution specification or could not be trusted.",
    remedy: "Check that the address is a registry's and not a web page's.",
  },
  "image-unpack-failed": {
    meaning: "The files of a layer could not be written.",
    remedy: "Read the system's words in the message: free disk space, or check the folder's permissions.",
  },
  "image-limit": {
    meaning: "An image is larger than what is unpacked here.",
    remedy: "Make the image smaller; Lambda takes at most 10 GB.",
  },
  // deploy
  "spec-invalid": {
    meaning: "A deployment's name, stage, route or size breaks a rule of AWS.",
    remedy: "Choose a value that follows the rule in the message.",
  },
  "resource-not-ours": {
    meaning: "A resource has the name that the deployment needs, but not the deployment's tag.",
    remedy: "Choose another --name, or remove the resource if nobody needs it.",
  },
  "aws-refused": {
    meaning: "AWS (or the cloud in its place) refused a request.",
    remedy: "Read AWS's own words in the message; then run the command again, it continues where it stopped.",
  },
  "aws-unreachable": {
    meaning: "The address of AWS, or of the cloud in its place, did not answer.",
    remedy: "Check the network, or start the local cloud with `tepal cloud start`; then run the command again.",
  },
  "aws-not-configured": {
    meaning: "There are no AWS credentials, or no region.",
    remedy: "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and give --region or set AWS_REGION.",
  },
  "deployment-unknown": {
    meaning: "No resource carries the deployment's tag in this account and region.",
    remedy: "See `tepal list`; check --region and --target.",
  },
  "version-unknown": {
    meaning: "The function has no such version to go back to.",
    remedy: "Deploy twice before rolling back, or name a version that exists.",
  },
  "function-failed": {
    meaning: "Lambda could not make the function ready with its image.",
    remedy: "Read Lambda's reason in the message, and the function's log with `tepal logs NAME`.",
  },
  "aws-did-not-finish": {
    meaning: "AWS accepted a change and did not carry it out in time.",
    remedy: "Run the command again: it continues where it stopped.",
  },
  // train
  "csv-empty": {
    meaning: "A table holds nothing.",
    remedy: "Give a CSV file with a header and at least two rows.",
  },
  "csv-too-large": {
    meaning: "A table is larger than what is read at once.",
    remedy: "Train on a sample of the rows.",
  },
  "csv-not-text": {
    meaning: "A table is not UTF-8 text.",
    remedy: "Save it as CSV in UTF-8; a spreadsheet file must be exported first.",
  },
  "csv-header": {
    meaning: "The first line of a table does not name every column once.",
    remedy: "Give each column a name of its own in the first line, separated by commas.",
  },
  "csv-row-length": {
    meaning: "A row of a table has more or fewer cells than the header.",
    remedy: "Mend the row; a cell that holds a comma needs double quotes around it.",
  },
  "csv-quote": {
    meaning: "A double quote in a table opens no cell or is not closed.",
    remedy: 'Put double quotes around the whole cell, and write one inside it as "".',
  },
  "train-option": {
    meaning: "An option of a training has a value that it cannot have.",
    remedy: "Give one of the values that the message lists.",
  },
  "train-label-unknown": {
    meaning: "The table has no column of the label's name.",
    remedy: "Name one of the table's columns with --label.",
  },
  "train-no-features": {
    meaning: "The table has the label's column alone.",
    remedy: "Add the columns to predict from.",
  },
  "train-too-large": {
    meaning: "The table has more numbers than an estimator is fitted to here.",
    remedy: "Train on a sample of the rows.",
  },
  "train-value-missing": {
    meaning: "A cell of the table is empty.",
    remedy: "Fill it in, or leave the row out.",
  },
  "train-not-a-number": {
    meaning: "A cell beside the label is not a number.",
    remedy: "Write numbers with a decimal point; turn categories into numbers, or leave the column out.",
  },
  "train-classes": {
    meaning: "The label's column has one value only, or too many.",
    remedy: "Name the column that tells the classes apart with --label.",
  },
  "train-not-finite": {
    meaning: "An estimator was fitted to values so large or so small that its coefficients are no numbers.",
    remedy: "Scale the columns, for example to a mean of 0 and a deviation of 1.",
  },
  "train-too-few-rows": {
    meaning: "The table has too few rows of its classes for the number of folds.",
    remedy: "Ask for fewer folds, or for none, or add rows.",
  },
  // cloud
  "port-in-use": {
    meaning: "The port on which the cloud should listen is taken by another process.",
    remedy: "Stop that process, or choose another port with --port.",
  },
  "store-damaged": {
    meaning: "The cloud's data folder holds a file that is not a store, or not all of one.",
    remedy: "Restore the folder from a copy, or remove it to begin with an empty cloud.",
  },
  "store-format": {
    meaning: "The cloud's data folder was written by a version of Tepal that stores things in another way.",
    remedy: "Use that version of Tepal, or choose another folder with --data.",
  },
  "store-in-use": {
    meaning: "Another cloud has the data folder open.",
    remedy: "Stop that cloud (tepal cloud stop), or choose another folder with --data.",
  },
  // cli
  "file-unreadable": {
    meaning: "A file that the command needs cannot be read.",
    remedy: "Check the path, and whether this user may read it.",
  },
  "file-unwritable": {
    meaning: "The command's output cannot be written.",
    remedy: "Choose another path, or free some space.",
  },
  "image-not-runnable": {
    meaning: "Only images that Tepal built run without a container.",
    remedy: "Run it with a container engine, or push it to the cloud's registry and make a function of it.",
  },
  "cloud-not-running": {
    meaning: "No embedded cloud answers on this machine's port.",
    remedy: "Start it with `tepal cloud start`, or name its port with --port.",
  },
  "cloud-not-started": {
    meaning: "The embedded cloud ended before it answered, or did not answer in time.",
    remedy: "Read its log, above; choose another --port if the port is somebody else's.",
  },
  "cloud-not-stopped": {
    meaning: "The embedded cloud did not end when it was told to.",
    remedy: "Wait for its requests to end, or end the process; what it confirmed is kept.",
  },
  "not-confirmed": {
    meaning: "The change was not confirmed.",
    remedy: "Answer y when asked, or give --yes.",
  },
  "check-failed": {
    meaning: "A deployed model answered something else than it must.",
    remedy: "See the function's log with `tepal logs NAME`; please report it if the model is the example's.",
  },
  "invoke-failed": {
    meaning: "The deployed model answered with an error.",
    remedy: "Correct the request as the answer says, or see the function's log with `tepal logs NAME`.",
  },
  "command-line": {
    meaning: "The command line names something that the command does not know, or leaves out something that it needs.",
    remedy: "See `tepal --help`, or `tepal COMMAND --help` for one command.",
  },
} as const satisfies Record<string, CodeEntry>;

export type Code = keyof typeof codes;
