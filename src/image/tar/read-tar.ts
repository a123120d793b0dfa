import { ImageError } from "../errors.js";
import { Extensions, extensionBytesMax, isExtension, type TarEntry } from "./extensions.js";
import { blockBytes, decodeHeader, isZeroBlock, paddedSize } from "./header.js";

/** Receives the entries of a tar file, in order. */
export interface TarVisitor {
  entry(entry: TarEntry): void;
  /** A chunk of the current entry's content; valid only during the call. */
  content(bytes: Uint8Array): void;
  /** The current entry's content is complete. */
  end(): void;
}

/**
 * Reads a tar file (ustar, pax, GNU long names) from chunks. Content is passed on as it arrives, never buffered.
 * Bytes after the end of the archive are read and ignored, as tar does.
 * @throws ImageError "image-tar-invalid", "image-tar-unsupported", "image-tar-cut-short"
 */
export async function readTar(bytes: AsyncIterable<Uint8Array>, visitor: TarVisitor): Promise<void> {
  const parser = new TarParser(visitor);
  for await (const chunk of bytes) parser.write(chunk);
  parser.finish();
}

/** The type of the next bytes. */
type Expecting =
  | { readonly what: "header" }
  | { readonly what: "extension"; readonly typeFlag: string; readonly size: number }
  | { readonly what: "content" }
  | { readonly what: "padding" }
  | { readonly what: "nothing" };

class TarParser {
  readonly #visitor: TarVisitor;
  readonly #extensions = new Extensions();
  #expecting: Expecting = { what: "header" };
  /** Remaining bytes of content or padding. */
  #left = 0;
  #padding = 0;
  /** Buffers a header or extension that is split between chunks. */
  #collected: Uint8Array = new Uint8Array(0);
  #position = 0;
  #headerAt = 0;

  constructor(visitor: TarVisitor) {
    this.#visitor = visitor;
  }

  write(chunk: Uint8Array): void {
    let rest = chunk;
    while (rest.length > 0) {
      const taken = this.#step(rest);
      this.#position += taken;
      rest = rest.subarray(taken);
    }
  }

  finish(): void {
    const { what } = this.#expecting;
    // Some writers omit the zero blocks at the end, so a file that is cut between entries cannot be detected.
    if (what === "nothing" || (what === "header" && this.#collected.length === 0)) return;
    throw new ImageError("image-tar-cut-short", `The tar file ends at byte ${this.#position}, inside ${what}`, {
      place: { byte: this.#position },
    });
  }

  /** Processes the start of `bytes` and returns how many bytes it used. */
  #step(bytes: Uint8Array): number {
    const expecting = this.#expecting;
    switch (expecting.what) {
      case "header":
        return this.#collect(bytes, blockBytes, (block) => this.#header(block));
      case "extension":
        return this.#collect(bytes, paddedSize(expecting.size), (block) => {
          this.#extensions.add(expecting.typeFlag, block.subarray(0, expecting.size), this.#headerAt);
          this.#expecting = { what: "header" };
        });
      case "content": {
        const piece = bytes.subarray(0, this.#left);
        this.#visitor.content(piece);
        this.#left -= piece.length;
        if (this.#left === 0) this.#contentDone();
        return piece.length;
      }
      case "padding": {
        const taken = Math.min(this.#left, bytes.length);
        this.#left -= taken;
        if (this.#left === 0) this.#expecting = { what: "header" };
        return taken;
      }
      case "nothing":
        return bytes.length;
      default:
        return expecting satisfies never;
    }
  }

  #collect(bytes: Uint8Array, size: number, done: (block: Uint8Array) => void): number {
    const taken = Math.min(size - this.#collected.length, bytes.length);
    const piece = bytes.subarray(0, taken);
    const block = this.#collected.length === 0 ? piece : Buffer.concat([this.#collected, piece]);
    if (block.length < size) {
      this.#collected = Buffer.from(block);
      return taken;
    }
    const started = this.#position + taken - size;
    this.#collected = new Uint8Array(0);
    if (this.#expecting.what === "header") this.#headerAt = started;
    done(block);
    return taken;
  }

  #header(block: Uint8Array): void {
    if (isZeroBlock(block)) {
      this.#expecting = { what: "nothing" };
      return;
    }
    const header = decodeHeader(block, this.#headerAt);
    if (isExtension(header)) {
      if (header.size > extensionBytesMax) {
        throw new ImageError(
          "image-tar-unsupported",
          `The extension header at byte ${this.#headerAt} has ${header.size} bytes, the limit is ${extensionBytesMax}`,
          { place: { byte: this.#headerAt } },
        );
      }
      this.#expecting = { what: "extension", typeFlag: header.typeFlag, size: header.size };
      if (header.size === 0) this.#expecting = { what: "header" };
      return;
    }
    const entry = this.#extensions.apply(header, this.#headerAt);
    this.#visitor.entry(entry);
    this.#left = entry.size;
    this.#padding = paddedSize(entry.size) - entry.size;
    this.#expecting = { what: "content" };
    if (entry.size === 0) this.#contentDone();
  }

  #contentDone(): void {
    this.#visitor.end();
    this.#left = this.#padding;
    this.#expecting = this.#left > 0 ? { what: "padding" } : { what: "header" };
  }
}
