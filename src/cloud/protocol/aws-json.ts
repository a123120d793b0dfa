// awsJson1.1: every operation is a POST to /, named by the X-Amz-Target header; input and output are JSON bodies.

import { AwsError } from "./aws-error.js";
import { decodeJson, parseJsonBody } from "./decode-json.js";
import { encodeJson } from "./encode-json.js";
import { jsonErrorBody } from "./json-error.js";
import type { Protocol } from "./protocol.js";

const contentType = "application/x-amz-json-1.1";

export const awsJson: Protocol = {
  route(request, { model }) {
    const name = (request.headers["x-amz-target"] ?? "").split(".").at(-1) ?? "";
    const operation = model.operations.get(name);
    if (!operation) throw new AwsError("UnknownOperationException", 400, `${model.name} has no operation "${name}"`);
    return { operation, decode: () => decodeJson(operation.input, parseJsonBody(request.body)) };
  },

  encode(operation, output, _api, requestId) {
    const body = operation.output.kind === "unit" ? "" : JSON.stringify(encodeJson(operation.output, output));
    return { status: 200, headers: { "content-type": contentType, "x-amzn-requestid": requestId }, body };
  },

  encodeError(error, { model, entry }, requestId) {
    const { status, body } = jsonErrorBody(error, model.errors, entry);
    return {
      status,
      headers: { "content-type": contentType, "x-amzn-requestid": requestId, "x-amzn-errortype": error.code },
      body: JSON.stringify({ __type: error.code, ...body }),
    };
  },
};
