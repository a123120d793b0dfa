// The first pass over a pickle: finds every global that the file names, before anything is built.

import { Cursor } from "../../base/index.js";
import type { AllowList, GlobalName } from "./allow-list.js";
import { type ResolveGlobal, runPickle } from "./unpickler.js";
import { type Call, Global, Instance } from "./values.js";

/** A global that a file names, and the byte where it first does. */
interface NamedGlobal extends GlobalName {
  readonly byte: number;
}

/** A name that is not allowed. */
interface UnknownGlobal extends NamedGlobal {
  /** Objects that are made of it without arguments: those of a plain class, whose attributes follow. */
  readonly objects: number;
  /** Calls with arguments. */
  readonly calls: number;
}

/** What a file names, in the order of the file. */
interface Scan {
  readonly allowed: readonly NamedGlobal[];
  readonly unknown: readonly UnknownGlobal[];
  /** Why the scan ended before the file did. To be thrown unless a name before that place is not allowed. */
  readonly error?: unknown;
}

/**
 * Runs the pickle with every constructor replaced by one that only keeps its arguments, so that names which come from
 * the memo, are popped again or are in a nested pickle are all found.
 */
export function scanPickle(file: Uint8Array, allowList: AllowList): Scan {
  const allowed = new Map<string, NamedGlobal>();
  const unknown = new Map<string, { module: string; name: string; byte: number; objects: number; calls: number }>();
  const resolve: ResolveGlobal = (module, name, byte) => {
    const global = allowList.get(module, name);
    const key = `${module} ${name}`;
    if (global) {
      if (!allowed.has(key)) allowed.set(key, { module, name, byte });
      return !global.call || allowList.scanned(module, name) ? global : new Global(module, name, keep);
    }
    const found = unknown.get(key) ?? { module, name, byte, objects: 0, calls: 0 };
    unknown.set(key, found);
    return new Global(module, name, (args, own, lookup) => {
      if (args.length === 0) found.objects++;
      else found.calls++;
      return keep(args, own, lookup);
    });
  };
  const named = () => ({ allowed: [...allowed.values()], unknown: [...unknown.values()] });
  try {
    runPickle(new Cursor(file), resolve);
    return named();
  } catch (error) {
    return { ...named(), error };
  }
}

class Kept extends Instance {
  override call(): Kept {
    return this;
  }

  override setState(): void {}
}

const keep: Call = (_args, global) => new Kept(global);
