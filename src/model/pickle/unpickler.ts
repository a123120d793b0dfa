import type { Cursor, TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { actions } from "./actions.js";
import { madeBytesPerFileByteMax, memoMax, objectsMax, stackMax } from "./limits.js";
import { readOps } from "./read-ops.js";
import { Built, Global, kindOf, type Value } from "./values.js";

/** Decides what a global of the file refers to. @throws ModelError when it is not allowed */
export type ResolveGlobal = (module: string, name: string, byte: number) => Global;

/** An object whose content follows its BUILD in the file, between the instructions: joblib's arrays. */
export abstract class Inline extends Built {
  /** `nested` runs the pickle that starts at the cursor and returns its value. */
  abstract readContent(bytes: Cursor, nested: () => Value): Value;
}

/** Runs the pickle at the cursor and returns its value. Nothing but the allow-list's constructors is called. */
export function runPickle(bytes: Cursor, resolve: ResolveGlobal, made: Made = { objects: 0, bytes: 0 }): Value {
  return new Unpickler(bytes, resolve, made, true).run();
}

/** What was made so far: one count for a file and the pickles nested in it or beside it. */
export interface Made {
  objects: number;
  /** Bytes and characters that constructors made. */
  bytes: number;
}

/** The unpickler: a stack with marks, and a memo. Loops, never recursion: a file can nest 300,000 tuples. */
export class Unpickler {
  readonly #bytes: Cursor;
  readonly #resolve: ResolveGlobal;
  readonly #made: Made;
  readonly #outermost: boolean;
  readonly #stack: Value[] = [];
  /** The stack's height at each mark. */
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, Value>();
  #offset = 0;
  #end: { readonly value: Value } | undefined;

  constructor(bytes: Cursor, resolve: ResolveGlobal, made: Made, outermost: boolean) {
    this.#bytes = bytes;
    this.#resolve = resolve;
    this.#made = made;
    this.#outermost = outermost;
  }

  run(): Value {
    for (const { opcode, argument, offset } of readOps(this.#bytes)) {
      this.#offset = offset;
      actions[opcode.name](this, argument);
    }
    if (!this.#end) throw this.broken("The pickle has no end");
    return this.#end.value;
  }

  stop(value: Value): void {
    this.#end = { value };
  }

  push(value: Value): void {
    if (this.#stack.length >= stackMax) throw this.#tooMany("values on the stack", stackMax);
    this.#stack.push(value);
  }

  /** Pushes a container or object that allocates memory. */
  pushObject(value: Value): void {
    if (++this.#made.objects > objectsMax) throw this.#tooMany("objects", objectsMax);
    this.push(value);
  }

  pop(): Value {
    const value = this.#stack.length > (this.#marks.at(-1) ?? 0) ? this.#stack.pop() : undefined;
    if (value === undefined) throw this.broken("Stack underflow");
    return value;
  }

  top(): Value {
    const value = this.pop();
    this.#stack.push(value);
    return value;
  }

  mark(): void {
    if (this.#marks.length >= stackMax) throw this.#tooMany("marks", stackMax);
    this.#marks.push(this.#stack.length);
  }

  /** Whether the last mark is the top of the stack. */
  atMark(): boolean {
    return this.#marks.at(-1) === this.#stack.length;
  }

  popMark(): Value[] {
    const height = this.#marks.pop();
    if (height === undefined) throw this.broken("No mark on the stack");
    return this.#stack.splice(height);
  }

  remember(index: unknown): void {
    if (typeof index !== "number" || !Number.isSafeInteger(index) || index < 0)
      throw this.broken("A memo key is not a non-negative integer");
    this.#memo.set(index, this.top());
    if (this.#memo.size > memoMax) throw this.#tooMany("memo entries", memoMax);
  }

  rememberNext(): void {
    this.remember(this.#memo.size);
  }

  recall(index: unknown): void {
    const value = typeof index === "number" ? this.#memo.get(index) : undefined;
    if (value === undefined) throw this.broken(`Memo key ${String(index)} not found`);
    this.push(value);
  }

  pushGlobal(module: string, name: string): void {
    this.push(this.#resolve(module, name, this.#offset));
  }

  /** Calls an allowed constructor. */
  call(callee: Value, args: readonly Value[]): void {
    const value = this.#valueOf(callee, args);
    if (typeof value === "string" || value instanceof Uint8Array) this.#made.bytes += value.length;
    const bytesMax = madeBytesPerFileByteMax * this.#bytes.bytes.length;
    if (this.#made.bytes > bytesMax) throw this.#tooMany("bytes copied from the file", bytesMax);
    this.pushObject(value);
  }

  #valueOf(callee: Value, args: readonly Value[]): Value {
    if (callee instanceof Built) return callee.call(args);
    if (!(callee instanceof Global)) throw this.broken(`The file calls ${kindOf(callee)}`);
    if (!callee.call) throw this.broken(`The file calls ${callee.module}.${callee.name}, which cannot be called`);
    return callee.call(args, callee, (module, name) => this.#resolve(module, name, this.#offset));
  }

  build(state: Value): void {
    const target = this.top();
    if (!(target instanceof Built)) throw this.broken(`The file sets the state of ${kindOf(target)}, which has none`);
    target.setState(state);
    if (!(target instanceof Inline)) return;
    if (!this.#outermost) throw this.broken("An array of objects contains an array that joblib cannot read");
    this.pop();
    const nested = () => new Unpickler(this.#bytes, this.#resolve, this.#made, false).run();
    this.pushObject(target.readContent(this.#bytes, nested));
  }

  broken(message: string): TepalError {
    return new ModelError("pickle-broken", `${message} (byte ${this.#offset})`, { place: { byte: this.#offset } });
  }

  #tooMany(what: string, max: number): TepalError {
    return new ModelError("pickle-limit", `More than ${max} ${what} (byte ${this.#offset})`, {
      place: { byte: this.#offset },
    });
  }
}
