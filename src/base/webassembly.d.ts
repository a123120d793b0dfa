// The parts of WebAssembly that Tepal uses. TypeScript declares WebAssembly only in its DOM library.

declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
    /** @throws RangeError if the memory's limit is reached */
    grow(pages: number): number;
  }
  const Memory: new (size: { readonly initial: number }) => Memory;
  interface Module {
    readonly [brand: symbol]: never;
  }
  const Module: new (bytes: Uint8Array) => Module;
  const Instance: new (
    module: Module,
    imports: Readonly<Record<string, Readonly<Record<string, ImportValue | Memory | number>>>>,
  ) => {
    readonly exports: object;
  };
  type ImportValue = (...values: number[]) => number | undefined;
  type Imports = Readonly<Record<string, Readonly<Record<string, ImportValue>>>>;
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports: Imports): Promise<{ readonly exports: object }>;
}
