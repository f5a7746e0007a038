/** A decoded picture and the named ways in which reading or writing one can fail. */

/**
 * Metadata blocks, byte for byte as they stood in the file.
 *
 * `exif` is the block from its TIFF header on ('II*' or 'MM*'), without the prefix that some containers add.
 */
export interface PictureMetadata {
  readonly icc?: Uint8Array;
  readonly exif?: Uint8Array;
  readonly xmp?: Uint8Array;
  /** Photoshop's image resources, of which IPTC is one. */
  readonly photoshop?: Uint8Array;
  /** Parts that only files of the same format hold: a JPEG's comments and long XMP, a PNG's texts. */
  readonly own?: Uint8Array;
  /** What a PNG without a profile says of its colours: gamma, primaries. Only another PNG can say the same. */
  readonly pngColour?: Uint8Array;
}

/** Pixels in the file's own colour space, upright (orientation applied), rows interleaved by channel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  readonly depth: 8 | 16;
  /** width x height x channels values; Uint16Array when depth is 16. */
  readonly data: Uint8Array | Uint16Array;
  /** Format of the file it came from: 'jpeg', 'png', 'tiff', 'webp', 'avif', 'gif', 'heic', 'raw'. */
  readonly format: string;
  readonly metadata: PictureMetadata;
  /** What the person should know about how it was read, e.g. that only the first frame of an animation is here. */
  readonly note?: string;
}

/** A black picture of the same shape, depth and metadata, to be filled in. */
export function blankLike(picture: Picture): Picture {
  const { data } = picture;
  return {
    ...picture,
    data: data instanceof Uint16Array ? new Uint16Array(data.length) : new Uint8Array(data.length),
  };
}

export type PictureErrorCode =
  | 'missing'
  | 'no-permission'
  | 'empty'
  | 'not-a-picture'
  | 'damaged'
  | 'too-large'
  | 'unsupported'
  | 'disk-full'
  | 'exists'
  | 'write-failed';

/** Reading or writing a picture failed; the message is one sentence that names the file and the reason. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly code: PictureErrorCode;
  readonly path: string;

  constructor(code: PictureErrorCode, path: string, message: string) {
    super(message);
    this.code = code;
    this.path = path;
  }
}
