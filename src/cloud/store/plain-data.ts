const depthMax = 100;

/**
 * Checks that a value can be stored and read back unchanged. The encoder silently converts class instances and Maps,
 * and the difference would show after a restart.
 * @throws TypeError naming the member.
 */
export function assertPlain(value: unknown, path = "document", depth = 0): void {
  if (depth > depthMax) throw new TypeError(`${path} is nested deeper than ${depthMax} levels`);
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
    case "undefined":
      return;
    case "object": {
      if (value === null || value instanceof Date || value instanceof Uint8Array) return;
      if (Array.isArray(value)) {
        for (const [index, element] of value.entries()) assertPlain(element, `${path}[${index}]`, depth + 1);
        return;
      }
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== null)
        throw new TypeError(`${path} is not plain data: an instance of ${value.constructor.name}`);
      for (const [name, member] of Object.entries(value)) assertPlain(member, `${path}.${name}`, depth + 1);
      return;
    }
    default:
      throw new TypeError(`${path} is not plain data: a ${typeof value}`);
  }
}
