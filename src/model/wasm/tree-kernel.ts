// The kernels of tree-kernel.wat, which describes the memory layout of trees and rows.

import wasmBytes from "./tree-kernel.wat.js";

export const rowsAtOnce = 8;
export const nodeBytes = 8;

interface TreeKernels {
  walk(...addresses: readonly number[]): void;
  addValues(...addresses: readonly number[]): void;
}

let compiled: WebAssembly.Module | undefined;

/** The kernels on a new memory. All addresses are in bytes, and nothing is checked. */
export function treeKernels(bytes: number): { readonly kernels: TreeKernels; readonly memory: WebAssembly.Memory } {
  compiled ??= new WebAssembly.Module(wasmBytes);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { kernels: exports as TreeKernels, memory };
}
