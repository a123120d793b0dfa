// What Tepal uses of WebAssembly: TypeScript declares it in its library of the browser only.

declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
    /** @throws RangeError when the memory's own limit is reached. */
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
