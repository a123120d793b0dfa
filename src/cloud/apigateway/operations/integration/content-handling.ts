import type { ContentHandlingStrategy } from "@aws-sdk/client-api-gateway";
import { badRequest } from "../../errors.js";
import type { PatchRow } from "../../patch.js";

/** The row for `/contentHandling`, of integrations and of their responses. */
export function contentHandlingRow<T extends { contentHandling?: ContentHandlingStrategy | undefined }>(): PatchRow<T> {
  return {
    path: "/contentHandling",
    replace: (document, value) => {
      if (value !== "CONVERT_TO_BINARY" && value !== "CONVERT_TO_TEXT") {
        throw badRequest("Invalid contentHandling specified. Valid options are CONVERT_TO_BINARY,CONVERT_TO_TEXT");
      }
      return { ...document, contentHandling: value };
    },
    remove: (document) => ({ ...document, contentHandling: undefined }),
  };
}
