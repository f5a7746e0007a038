/** Where a picture lies in a pane, and how zooming and panning move it. */

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export type Rect = Point & Size;

/** Where a picture lies in its pane: its top left corner in CSS pixels, and CSS pixels per picture pixel. */
export interface View extends Point {
  scale: number;
}

/** Largest zoom, device pixels per picture pixel. */
export const maxZoom = 8;

/** Zooms that keys and buttons stop at, device pixels per picture pixel. */
const stops = [1 / 16, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 1.5, 2, 3, 4, 6, 8];

/** The next zoom to stop at; beyond the last one, the zoom itself. */
export function nextStop(zoom: number, direction: 1 | -1): number {
  // A hair of tolerance, so that standing on a stop is not seen as standing before it.
  const beyond = (stop: number) => (direction > 0 ? stop > zoom * 1.001 : stop < zoom * 0.999);
  return (direction > 0 ? stops.find(beyond) : stops.findLast(beyond)) ?? zoom;
}

/** Scale at which the whole picture is seen; small pictures are not enlarged. */
export function fitScale(picture: Size, pane: Size, pixelRatio: number): number {
  return Math.min(pane.width / picture.width, pane.height / picture.height, 1 / pixelRatio);
}

/** Keeps the picture in sight: centred along an axis where it is smaller than the pane, else covering it. */
export function clampView(view: View, picture: Size, pane: Size): View {
  return {
    scale: view.scale,
    x: clampAxis(view.x, picture.width * view.scale, pane.width),
    y: clampAxis(view.y, picture.height * view.scale, pane.height),
  };
}

function clampAxis(offset: number, length: number, available: number): number {
  if (length <= available) return (available - length) / 2;
  return Math.min(0, Math.max(available - length, offset));
}

/** The view at another scale with the picture's point under `anchor` (CSS pixels in the pane) staying there. */
export function zoomAt(view: View, scale: number, anchor: Point): View {
  const ratio = scale / view.scale;
  return { scale, x: anchor.x - (anchor.x - view.x) * ratio, y: anchor.y - (anchor.y - view.y) * ratio };
}

/** The view at the same scale with the picture's point `target` (picture pixels) in the middle of the pane. */
export function centredOn(view: View, target: Point, pane: Size): View {
  const { scale } = view;
  return { scale, x: pane.width / 2 - target.x * scale, y: pane.height / 2 - target.y * scale };
}

/** The picture's point under a point of the pane, in picture pixels; whole numbers are corners of pixels. */
export function pictureAt(view: View, point: Point): Point {
  return { x: (point.x - view.x) / view.scale, y: (point.y - view.y) / view.scale };
}

/** The pixel under a point of the pane; undefined beside the picture. */
export function pixelAt(view: View, point: Point, picture: Size): Point | undefined {
  const at = pictureAt(view, point);
  const [x, y] = [Math.floor(at.x), Math.floor(at.y)];
  return x >= 0 && y >= 0 && x < picture.width && y < picture.height ? { x, y } : undefined;
}

/** The nearest whole device pixel, in CSS pixels. */
export function snap(length: number, pixelRatio: number): number {
  return Math.round(length * pixelRatio) / pixelRatio;
}
