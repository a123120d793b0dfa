// awsQuery: a form with `Action` and `Version`, in the body or the query; answers are XML.

import type { HttpReply, HttpRequest } from "../http.js";
import { AwsError } from "./aws-error.js";
import { decodeForm, parseForm } from "./form.js";
import type { Protocol, Speaker } from "./protocol.js";
import { element, encodeXml, escapeXml } from "./xml.js";

export const awsQuery: Protocol = {
  route(request, { model, entry }) {
    const form = parseForm(formOf(request));
    const action = form.children.get("Action")?.value ?? "";
    const operation = model.operations.get(action);
    if (!operation)
      throw new AwsError("InvalidAction", 400, `Could not find operation ${action} for version ${entry.version}`);
    return { operation, decode: () => decodeForm(operation.input, form) };
  },

  encode({ name, output: shape }, output, speaker, requestId) {
    const result = shape.kind === "unit" ? "" : element(`${name}Result`, encodeXml(shape, output, name));
    const metadata = element("ResponseMetadata", element("RequestId", escapeXml(requestId)));
    return reply(200, `${name}Response`, result + metadata, speaker, requestId);
  },

  encodeError(error, speaker, requestId) {
    const [code, status] = speaker.model.errors.get(error.code)?.traits.awsQueryError ?? [error.code, error.status];
    const type = status < 500 ? "Sender" : "Receiver";
    const details =
      element("Type", type) + element("Code", escapeXml(code)) + element("Message", escapeXml(error.message));
    const content = element("Error", details) + element("RequestId", escapeXml(requestId));
    return reply(status, "ErrorResponse", content, speaker, requestId);
  },
};

/** A request may carry its parameters in the body, in the query or, presigned, in both. */
export function formOf({ query, body }: HttpRequest): string {
  return [query, Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString()]
    .filter((part) => part !== "")
    .join("&");
}

function reply(status: number, root: string, content: string, { entry }: Speaker, requestId: string): HttpReply {
  return {
    status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: `<${root} xmlns="${entry.xmlNamespace}">${content}</${root}>\n`,
  };
}
