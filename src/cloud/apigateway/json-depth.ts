import { badRequest } from "./errors.js";

/**
 * Far deeper than schemas and API definitions are, and shallow enough for functions that recurse over the parsed value.
 */
const depthMax = 100;

/**
 * Returns the text when its arrays and objects are not nested too deeply. It is not parsed: it need not be valid JSON.
 * @param what the subject of the error message: "Model schema"
 * @throws AwsError BadRequestException
 */
export function checkJsonDepth(text: string, what: string): string {
  let depth = 0;
  let inString = false;
  // Character codes: this loop runs over megabytes.
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === quote) inString = !inString;
    else if (inString) {
      if (code === backslash) index++;
    } else if (code === openBrace || code === openBracket) {
      depth++;
      if (depth > depthMax) throw badRequest(`${what} is nested deeper than ${depthMax} levels`);
    } else if (code === closeBrace || code === closeBracket) depth--;
  }
  return text;
}

const [quote, backslash] = [0x22, 0x5c];
const [openBrace, closeBrace] = [0x7b, 0x7d];
const [openBracket, closeBracket] = [0x5b, 0x5d];
