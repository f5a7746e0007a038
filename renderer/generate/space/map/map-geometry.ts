/** Where points of a map lie on the screen, and which are under the pointer or within a lasso. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is in the middle of the pane, and CSS pixels for a unit of the map. */
export interface Camera extends Point {
  readonly scale: number;
}

/** A part of the map, in its units. */
export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** x and y of each point in turn. */
export type Places = Float32Array<ArrayBuffer>;

/** Whether a point is left out. */
export type IsHidden = (index: number) => boolean;

/** Air around a map that is seen as a whole, as a share of the pane. */
const margin = 0.06;
/** Times the scale at which all is seen. */
const zoomRange = { least: 0.5, most: 5000 };

/** The camera that sees all points that are not hidden. */
export function fitting(places: Places, size: Size, isHidden: IsHidden): Camera {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let index = 0; index < places.length / 2; index++) {
    if (isHidden(index)) continue;
    const [x, y] = [places[2 * index] ?? 0, places[2 * index + 1] ?? 0];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  if (!(right >= left)) return { x: 0, y: 0, scale: 1 };
  const room = 1 - 2 * margin;
  const scale = Math.min(
    (size.width * room) / Math.max(right - left, 1e-6),
    (size.height * room) / Math.max(bottom - top, 1e-6),
  );
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale };
}

/** The point of the map under a point of the pane. */
export function mapAt({ x, y, scale }: Camera, size: Size, at: Point): Point {
  return { x: x + (at.x - size.width / 2) / scale, y: y + (at.y - size.height / 2) / scale };
}

/** Where a point of the map lies in the pane. */
export function paneAt({ x, y, scale }: Camera, size: Size, at: Point): Point {
  return { x: size.width / 2 + (at.x - x) * scale, y: size.height / 2 + (at.y - y) * scale };
}

/** The part of the map that lies in the pane, or at most `beyond` CSS pixels outside. */
export function sightOf({ x, y, scale }: Camera, { width, height }: Size, beyond: number): Extent {
  const [across, down] = [(width / 2 + beyond) / scale, (height / 2 + beyond) / scale];
  return { left: x - across, right: x + across, top: y - down, bottom: y + down };
}

/** Zooms by a factor with the map's point under `at` staying there. @param whole scale at which all is seen */
export function zoomed(camera: Camera, size: Size, factor: number, at: Point, whole: number): Camera {
  const scale = Math.min(whole * zoomRange.most, Math.max(whole * zoomRange.least, camera.scale * factor));
  const fixed = mapAt(camera, size, at);
  return {
    x: fixed.x - (at.x - size.width / 2) / scale,
    y: fixed.y - (at.y - size.height / 2) / scale,
    scale,
  };
}

/** Moves the map by CSS pixels. */
export function panned({ x, y, scale }: Camera, by: Point): Camera {
  return { x: x - by.x / scale, y: y - by.y / scale, scale };
}

/** The nearest point that is not hidden, at most `reach` map units away. */
export function nearestPoint(
  places: Places,
  { x, y }: Point,
  reach: number,
  isHidden: IsHidden,
): number | undefined {
  let found: number | undefined;
  let least = reach * reach;
  for (let index = 0; index < places.length / 2; index++) {
    const distance = ((places[2 * index] ?? 0) - x) ** 2 + ((places[2 * index + 1] ?? 0) - y) ** 2;
    if (distance > least || isHidden(index)) continue;
    found = index;
    least = distance;
  }
  return found;
}

/** The points within a closed line; where it crosses itself, even and odd crossings decide. */
export function withinLasso(places: Places, lasso: readonly Point[], isHidden: IsHidden): number[] {
  const found: number[] = [];
  for (let index = 0; index < places.length / 2; index++) {
    const at = { x: places[2 * index] ?? 0, y: places[2 * index + 1] ?? 0 };
    if (!isHidden(index) && isWithin(at, lasso)) found.push(index);
  }
  return found;
}

function isWithin({ x, y }: Point, lasso: readonly Point[]): boolean {
  let within = false;
  let last = lasso.at(-1);
  for (const next of lasso) {
    if (last && next.y > y !== last.y > y) {
      const crossing = next.x + ((y - next.y) / (last.y - next.y)) * (last.x - next.x);
      if (x < crossing) within = !within;
    }
    last = next;
  }
  return within;
}
