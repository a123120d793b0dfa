import type { Cursor } from "../../base/index.js";
import { ModelError } from "../errors.js";
import type { Argument } from "./arguments.js";
import { type Opcode, opcodes } from "./opcodes.js";

/** One instruction of a pickle. */
export interface Op {
  readonly opcode: Opcode;
  readonly argument: Argument;
  /** Where the opcode is in the file. */
  readonly offset: number;
}

/**
 * Splits a pickle into its opcodes, from the cursor up to STOP. It executes none of them. The caller may advance the
 * cursor between two opcodes: joblib writes arrays there.
 * @throws ModelError "pickle-opcode-unknown", "pickle-opcode-unsupported", "file-cut-short", "pickle-limit",
 * "pickle-broken"
 */
export function* readOps(bytes: Cursor): Generator<Op, void> {
  for (;;) {
    const offset = bytes.offset;
    const code = bytes.uint8("an opcode");
    const opcode = opcodes.get(code);
    if (!opcode) {
      const hex = `0x${code.toString(16).padStart(2, "0")}`;
      throw new ModelError("pickle-opcode-unknown", `Unknown pickle opcode ${hex} at byte ${offset}`, {
        place: { byte: offset },
      });
    }
    if (opcode.unsupported) {
      throw new ModelError(
        "pickle-opcode-unsupported",
        `The pickle opcode ${opcode.name} at byte ${offset} is not supported: ${opcode.unsupported}`,
        { place: { byte: offset } },
      );
    }
    yield { opcode, argument: opcode.argument(bytes), offset };
    if (opcode.name === "STOP") return;
  }
}
