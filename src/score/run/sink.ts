// Where output goes: a file that has its name only when it is complete, or a stream.

import { type FileHandle, open, rename, rm } from "node:fs/promises";

export interface Sink {
  /** Bytes written so far, with those of an interrupted run. */
  readonly length: number;
  write(bytes: Uint8Array): Promise<void>;
  /** What has been written survives a loss of power. */
  sync(): Promise<void>;
  /** Gives the file its name. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** The name of a file that is being written. */
export function partialPath(path: string): string {
  return `${path}.partial`;
}

/**
 * A file that is written under another name until it is finished.
 * @param length how much of a file of an interrupted run is kept
 */
export async function fileSink(path: string, length: number): Promise<Sink> {
  const partial = partialPath(path);
  const file: FileHandle = await open(partial, length > 0 ? "r+" : "w");
  await file.truncate(length);
  let written = length;
  return {
    get length() {
      return written;
    },
    async write(bytes) {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, at, bytes.length - at, written);
        at += bytesWritten;
        written += bytesWritten;
      }
    },
    sync: () => file.datasync(),
    async finish() {
      await file.sync();
      await file.close();
      await rename(partial, path);
    },
    close: () => file.close(),
  };
}

/** A file that exists only if something was written to it. */
export async function optionalFileSink(path: string, length: number): Promise<Sink> {
  let sink = length > 0 ? await fileSink(path, length) : undefined;
  return {
    get length() {
      return sink?.length ?? 0;
    },
    async write(bytes) {
      sink ??= await fileSink(path, 0);
      await sink.write(bytes);
    },
    sync: async () => sink?.sync(),
    async finish() {
      if (sink) await sink.finish();
      // The rows that an earlier run rejected are not those of this one.
      else await rm(path, { force: true });
    },
    close: async () => sink?.close(),
  };
}

/** A stream, such as standard output. */
export function streamSink(write: (bytes: Uint8Array) => Promise<void>): Sink {
  let length = 0;
  const nothing = async () => {};
  return {
    get length() {
      return length;
    },
    async write(bytes) {
      await write(bytes);
      length += bytes.length;
    },
    sync: nothing,
    finish: nothing,
    close: nothing,
  };
}
