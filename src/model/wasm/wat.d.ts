/** A WebAssembly module, compiled from the WAT file beside the importing one (scripts/wat.mjs). */
declare module "*.wat.js" {
  const wasmBytes: Uint8Array;
  export default wasmBytes;
}
