/** Writes the pictures of a way: as an animation, or one file each. */
import { type AnimationFormat, animation, type Frames, framePng } from '../image/frames.ts';
import { writeNumbered } from './write-numbered.ts';

export interface FramesTarget {
  /** Folder, which exists. */
  readonly output: string;
  readonly format: AnimationFormat | 'png';
  /** Milliseconds a frame. */
  readonly frameMs: number;
}

/** @returns the files, in the order of the frames. @throws PictureError as `writeNewFile` does */
export async function writeFrames(
  frames: Frames,
  { output, format, frameMs }: FramesTarget,
  signal?: AbortSignal,
): Promise<string[]> {
  if (format !== 'png') {
    const bytes = await animation(frames, format, frameMs);
    return [await writeNumbered(output, 'interpolation', format, bytes)];
  }
  const files: string[] = [];
  for (let frame = 0; frame < frames.count; frame++) {
    signal?.throwIfAborted();
    const name = `frame-${String(frame + 1).padStart(3, '0')}`;
    files.push(await writeNumbered(output, name, 'png', await framePng(frames, frame)));
  }
  return files;
}
