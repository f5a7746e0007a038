/** What the rest of the program sees of a network that is ready to run. */

export interface Network {
  /** Channels of its input and output. */
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** Height and width must be multiples of this. */
  readonly multiple: number;
  /** Output pixels a side for each input pixel. */
  readonly scale: number;
  /** The only size that it takes, where there is one. */
  readonly fixed?: { readonly height: number; readonly width: number } | undefined;
  /** Whether it came from elsewhere: what it needs of memory and sees of its surroundings is then not known. */
  readonly foreign?: boolean;
  /** Name of the device it runs on. */
  readonly device: string;
  /**
   * Runs once. Blocks the event loop for its whole length: keep calls to a tile.
   *
   * @param input [1, inputChannels, height, width], samples 0..1
   * @returns [1, outputChannels, scale height, scale width], not clipped
   */
  run(input: Float32Array, height: number, width: number): Promise<Float32Array>;
  dispose(): Promise<void>;
}
