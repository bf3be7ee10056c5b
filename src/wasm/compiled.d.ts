/** AssemblyScript that `src/cli/simd.mjs` compiles, in base64: with WebAssembly SIMD, and with relaxed SIMD as well. */
declare module '*?compiled' {
  export const plain: string;
  export const relaxed: string;
}
