import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { missing } from "../../../test/support/programs.js";
import { opcodes } from "./opcodes.js";

const program = "import pickletools as p; print(*(f'{ord(o.code)} {o.name} {o.proto}' for o in p.opcodes), sep='\\n')";

test("the table has the opcodes of Python's pickletools, with their codes and protocols", {
  skip: missing("python3"),
}, () => {
  const python = execFileSync("python3", ["-c", program], { encoding: "utf8" }).trim().split("\n");

  const own = [...opcodes.values()].map(({ code, name, protocol }) => `${code} ${name} ${protocol}`);
  assert.deepEqual(own.toSorted(), python.toSorted());
});
