/** What is asked of the decoders compiled to WebAssembly, what they answer, and how they fail. */
import type { Picture } from './picture.ts';

export type Pixels = Pick<Picture, 'width' | 'height' | 'channels' | 'depth' | 'data'>;

export type WasmJob =
  /** The size alone comes from the header. */
  | { readonly decoder: 'raw'; readonly path: string; readonly want: 'pixels' | 'size' }
  /** `deep`: 16 bits per channel instead of 8. */
  | { readonly decoder: 'heic'; readonly path: string; readonly deep: boolean };

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface WasmFailure {
  readonly code: 'damaged' | 'too-large' | 'unsupported';
  /** The decoder's own complaint, or empty. */
  readonly detail: string;
}

export type WasmAnswer = Pixels | Size | WasmFailure;

/** A decoder gave up. */
export class WasmDecodingError extends Error implements WasmFailure {
  override readonly name = 'WasmDecodingError';
  readonly code: WasmFailure['code'];
  readonly detail: string;

  constructor(code: WasmFailure['code'], detail: string) {
    super(detail);
    this.code = code;
    this.detail = detail;
  }
}
