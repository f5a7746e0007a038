/** The part of LibRaw's WebAssembly build that runs without a browser's Worker; the package types the rest. */
declare module 'libraw-wasm/dist/libraw.js' {
  import type { LibRawSettings, RawImageData } from 'libraw-wasm';

  /** Typed as exponent and slope alone, but those are ignored unless LibRaw's four derived numbers follow. */
  type Settings = Omit<LibRawSettings, 'gamm'> & { gamm: readonly number[] };

  interface LibRaw {
    open(file: Uint8Array, settings: Settings): void;
    metadata(everything: boolean): { width: number; height: number };
    imageData(): RawImageData;
  }

  const load: (options: {
    wasmBinary: Uint8Array;
    printErr: (line: string) => void;
  }) => Promise<{ LibRaw: new () => LibRaw }>;
  export default load;
}
