// awsQuery: a form with `Action` and `Version`, in the body or the query; replies are XML.

import type { HttpReply, HttpRequest } from "../http.js";
import { AwsError } from "./aws-error.js";
import { decodeForm, parseForm } from "./form.js";
import type { Api, Protocol } from "./protocol.js";
import { element, encodeXml, encodeXmlMembers, escapeXml } from "./xml.js";

export const awsQuery: Protocol = {
  route(request, { model, entry }) {
    const form = parseForm(formOf(request));
    const action = form.children.get("Action")?.value ?? "";
    const operation = model.operations.get(action);
    if (!operation)
      throw new AwsError("InvalidAction", 400, `Could not find operation ${action} for version ${entry.version}`);
    return { operation, decode: () => decodeForm(operation.input, form) };
  },

  encode({ name, output: shape }, output, api, requestId) {
    const result = shape.kind === "unit" ? "" : element(`${name}Result`, encodeXml(shape, output, name));
    const metadata = element("ResponseMetadata", element("RequestId", escapeXml(requestId)));
    return reply(200, `${name}Response`, result + metadata, api, requestId);
  },

  encodeError(error, api, requestId) {
    const structure = api.model.errors.get(error.code);
    const [code, status] = structure?.traits.awsQueryError ?? [error.code, structure?.traits.httpError ?? error.status];
    const type = status < 500 ? "Sender" : "Receiver";
    const details =
      element("Type", type) +
      element("Code", escapeXml(code)) +
      element("Message", escapeXml(error.message)) +
      encodeXmlMembers(structure, error.members, error.code);
    const content = element("Error", details) + element("RequestId", escapeXml(requestId));
    return reply(status, "ErrorResponse", content, api, requestId);
  },
};

/** The parameters of a request, which are in its body, in its query or, presigned, in both. */
export function formOf({ query, body }: HttpRequest): string {
  return [query, Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString()]
    .filter((part) => part !== "")
    .join("&");
}

function reply(status: number, root: string, content: string, { entry }: Api, requestId: string): HttpReply {
  return {
    status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: `<${root} xmlns="${entry.xmlNamespace}">${content}</${root}>\n`,
  };
}
