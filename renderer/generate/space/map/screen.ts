/** What a map is painted on, and what paints it. */
import type { Camera, Places, Size } from './map-geometry.ts';

export interface Screen {
  /** CSS pixels. */
  readonly size: Size;
  readonly pixelRatio: number;
}

/** RGBA of each point, 8 bits; without alpha it is not painted. */
export type PointColours = Uint8Array<ArrayBuffer>;

export interface PointPainter {
  set(places: Places, colours: PointColours): void;
  /** @param diameter of a point, CSS pixels */
  paint(camera: Camera, screen: Screen, diameter: number): void;
}

/** Gives a canvas the pixels of the screen that it covers. */
export function resize(canvas: HTMLCanvasElement, { size, pixelRatio }: Screen): void {
  const [width, height] = [Math.round(size.width * pixelRatio), Math.round(size.height * pixelRatio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
