import { badRequest } from "./errors.js";

/** Far deeper than schemas and API definitions are, and shallow enough for functions that recurse over the parsed value. */
const depthMax = 100;

/**
 * Returns the text when its arrays and objects are not nested too deeply. It is not parsed: it need not be valid JSON.
 * @param what the subject of the error message: "Model schema"
 * @throws AwsError BadRequestException
 */
export function checkJsonDepth(text: string, what: string): string {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === "\\") index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") {
      depth++;
      if (depth > depthMax) throw badRequest(`${what} is nested deeper than ${depthMax} levels`);
    } else if (character === "}" || character === "]") depth--;
  }
  return text;
}
