// The error for a call to an API that this cloud does not have, in the form that the API's clients read.

import type { HttpReply, HttpRequest } from "../http.js";
import { element, escapeXml } from "./xml.js";

/** 501, because clients retry the other statuses from 500 up. */
const status = 501;
const code = "NotImplementedException";

/** Services whose REST protocol is XML, by signing name. Those of the query protocols are recognized by their form. */
const restXmlServices: ReadonlySet<string> = new Set(["cloudfront", "route53", "s3", "s3-object-lambda", "s3express"]);

/**
 * The reply to a request for an API that is not implemented: XML for services that speak XML, JSON for all others.
 * @param api the API's name, or the service's signing name
 */
export function notImplemented(request: HttpRequest, api: string, requestId: string): HttpReply {
  const message = `The API ${api} is not implemented in this cloud`;
  const headers = { "x-amzn-errortype": code, "x-amzn-requestid": requestId };
  if (!speaksXml(request, api)) {
    const body = JSON.stringify({ __type: code, message });
    return { status, headers: { "content-type": jsonType(request), ...headers }, body };
  }
  return { status, headers: { "content-type": "text/xml", ...headers }, body: xmlError(api, message, requestId) };
}

function speaksXml({ headers, query }: HttpRequest, api: string): boolean {
  if (headers["x-amz-target"] !== undefined) return false;
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  return isForm || new URLSearchParams(query).has("Action") || restXmlServices.has(api);
}

function jsonType({ headers }: HttpRequest): string {
  return headers["x-amz-target"] === undefined ? "application/json" : "application/x-amz-json-1.1";
}

/** S3 has no element around its errors and EC2 has others than the query protocol. */
function xmlError(api: string, message: string, requestId: string): string {
  const details = element("Code", code) + element("Message", escapeXml(message));
  const id = element("RequestId", requestId);
  if (api.startsWith("s3")) return `${element("Error", details + id)}\n`;
  if (api === "ec2") {
    return `${element("Response", element("Errors", element("Error", details)) + element("RequestID", requestId))}\n`;
  }
  return `${element("ErrorResponse", element("Error", element("Type", "Sender") + details) + id)}\n`;
}
