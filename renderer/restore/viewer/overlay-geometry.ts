/** Where the minimap and the loupe lie, and what they show. */
import { type Point, pictureAt, type Rect, type Size, snap, type View } from './view-geometry.ts';

/** Between the pointer and the loupe, and between the loupe and the edge, CSS pixels. */
const air = 20;

/** Size of the minimap: the picture's shape, its longer side `side` CSS pixels. */
export function minimapSize(picture: Size, side: number): Size {
  const scale = side / Math.max(picture.width, picture.height);
  return { width: Math.max(8, picture.width * scale), height: Math.max(8, picture.height * scale) };
}

/** The part of the picture that is in sight, as a rectangle on the minimap, in CSS pixels. */
export function minimapWindow(view: View, pane: Size, picture: Size, map: Size): Rect {
  const scale = map.width / picture.width;
  const from = pictureAt(view, { x: 0, y: 0 });
  const to = pictureAt(view, { x: pane.width, y: pane.height });
  const [left, right] = [Math.max(0, from.x), Math.min(picture.width, to.x)];
  const [top, bottom] = [Math.max(0, from.y), Math.min(picture.height, to.y)];
  return { x: left * scale, y: top * scale, width: (right - left) * scale, height: (bottom - top) * scale };
}

/** Corner of a loupe of size `loupe`: beside the pointer, on the side where there is room. */
export function loupeCorner(pointer: Point, loupe: Size, room: Size): Point {
  return {
    x: beside(pointer.x, loupe.width, room.width),
    y: beside(pointer.y, loupe.height, room.height),
  };
}

function beside(pointer: number, length: number, available: number): number {
  const after = pointer + air;
  if (after + length + air <= available) return after;
  const before = pointer - air - length;
  return before >= air ? before : Math.max(0, available - length - air);
}

/** Zoom of the loupe: so many times the viewer's own, of which less than 100 % counts as 100 %. */
export function loupeZoom(zoom: number, factor: number): number {
  return Math.max(1, zoom) * factor;
}

/**
 * The loupe's view: `target` (picture pixels) in the middle, on whole device pixels, so that its two halves are
 * in register.
 *
 * @param zoom device pixels per picture pixel
 */
export function loupeView(target: Point, half: Size, zoom: number, pixelRatio: number): View {
  const scale = zoom / pixelRatio;
  return {
    scale,
    x: snap(half.width / 2 - target.x * scale, pixelRatio),
    y: snap(half.height / 2 - target.y * scale, pixelRatio),
  };
}
