/** How many bytes of a layer, a download or an upload are done. The total of several can grow while they run. */
interface BytesProgress {
  readonly done: number;
  readonly total: number;
}

export type OnProgress = (progress: BytesProgress) => void;

/** The bytes, reported after each chunk that the reader has used. */
export async function* reported(
  bytes: AsyncIterable<Uint8Array>,
  onBytes: (position: number) => void,
  start = 0,
): AsyncGenerator<Uint8Array> {
  let position = start;
  for await (const chunk of bytes) {
    yield chunk;
    position += chunk.length;
    onBytes(position);
  }
}
