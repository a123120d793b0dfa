// An instance of libsvm's WebAssembly module with the imports that it needs.

import { libsvmBytes } from "./libsvm-wasm.js";

/** The functions of libsvm-wasm.c, and the initialization that Emscripten requires. */
export interface Libsvm {
  readonly memory: WebAssembly.Memory;
  __wasm_call_ctors(): void;
  emscripten_stack_init(): void;
  emscripten_stack_get_base(): number;
  emscripten_stack_get_end(): number;
  __set_stack_limits(base: number, end: number): void;
  malloc(bytes: number): number;
  free(address: number): void;
  make_samples(x: number, y: number, rows: number, columns: number): number;
  make_param(...values: number[]): number;
  train_model(samples: number, parameters: number): number;
}

/**
 * A new instance, with new memory and new global state.
 * @param print receives what libsvm prints to standard output
 */
export async function startLibsvm(print: (text: string) => void): Promise<Libsvm> {
  module ??= WebAssembly.compile(libsvmBytes);
  const { exports } = await WebAssembly.instantiate(
    await module,
    importsOf(print, () => libsvm.memory),
  );
  const libsvm = exports as Libsvm;
  libsvm.emscripten_stack_init();
  libsvm.__set_stack_limits(libsvm.emscripten_stack_get_base(), libsvm.emscripten_stack_get_end());
  libsvm.__wasm_call_ctors();
  return libsvm;
}

let module: Promise<WebAssembly.Module> | undefined;

/** The imports of the module. File access is not implemented: libsvm opens no files here. */
function importsOf(print: (text: string) => void, memory: () => WebAssembly.Memory): WebAssembly.Imports {
  const unsupported = (name: string) => () => {
    throw new Error(`libsvm called ${name}`);
  };
  const nothing = () => 0;
  return {
    env: {
      emscripten_asm_const_int: unsupported("emscripten_asm_const_int"),
      __syscall_open: unsupported("open"),
      __syscall_fcntl64: unsupported("fcntl"),
      __syscall_ioctl: nothing,
      __cxa_allocate_exception: unsupported("new, out of memory"),
      __cxa_throw: unsupported("throw"),
      __handle_stack_overflow: unsupported("more than its stack"),
      abort: unsupported("abort"),
      setTempRet0: nothing,
      emscripten_memcpy_big: (to: number, from: number, bytes: number) => {
        new Uint8Array(memory().buffer).copyWithin(to, from, from + bytes);
      },
      emscripten_resize_heap: (bytes: number) => {
        const pageBytes = 64 * 1024;
        try {
          memory().grow(Math.ceil((bytes - memory().buffer.byteLength) / pageBytes));
          return 1;
        } catch {
          return 0;
        }
      },
    },
    wasi_snapshot_preview1: {
      fd_close: nothing,
      fd_read: unsupported("read"),
      fd_seek: nothing,
      environ_sizes_get: (count: number, bytes: number) => {
        const view = new DataView(memory().buffer);
        view.setUint32(count, 0, true);
        view.setUint32(bytes, 0, true);
        return 0;
      },
      environ_get: nothing,
      /** libsvm reports its progress and number of iterations only on standard output. */
      fd_write: (_file: number, vectors: number, count: number, written: number) => {
        const view = new DataView(memory().buffer);
        let total = 0;
        for (let i = 0; i < count; i++) {
          const from = view.getUint32(vectors + 8 * i, true);
          const bytes = view.getUint32(vectors + 8 * i + 4, true);
          print(Buffer.from(memory().buffer, from, bytes).toString("latin1"));
          total += bytes;
        }
        view.setUint32(written, total, true);
        return 0;
      },
    },
  };
}
