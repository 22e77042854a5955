// What load-parts.js uses of wasm-bindgen's JavaScript, with which it is bundled.

/** The exports of the first part of the program. */
export interface Exports extends WebAssembly.ModuleImports {
  __indirect_function_table: WebAssembly.Table;
}

/** The exports of the program that runs. */
export function initSync(): Exports;
