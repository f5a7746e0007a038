/** How the viewer's room is divided into panes that show the same part of a picture. */
import type { Point, Rect, Size } from './view-geometry.ts';

/** How two things stand: beside each other, or one above the other. */
export type Direction = 'beside' | 'above';

/** Between panes, CSS pixels. */
const gap = 2;

/** Panes for `count` pictures, equally large, on whole device pixels: in one line, or from three on two by two. */
export function panesFor(count: number, direction: Direction, room: Size, pixelRatio: number): Rect[] {
  const columns = count > 2 ? 2 : direction === 'beside' ? count : 1;
  const rows = Math.ceil(count / columns);
  const whole = (length: number) => Math.floor(length * pixelRatio) / pixelRatio;
  const width = whole((room.width - gap * (columns - 1)) / columns);
  const height = whole((room.height - gap * (rows - 1)) / rows);
  return Array.from({ length: count }, (_, index) => ({
    // The last one ends where the room does.
    x: index % columns === 0 ? 0 : whole(room.width - width),
    y: index < columns ? 0 : whole(room.height - height),
    width,
    height,
  }));
}

/** How two panes stand so that a picture is seen larger in them. */
export function roomierDirection(picture: Size, room: Size): Direction {
  const beside = Math.min(room.width / 2 / picture.width, room.height / picture.height);
  const above = Math.min(room.width / picture.width, room.height / 2 / picture.height);
  return above > beside ? 'above' : 'beside';
}

/** The pane under a point, and the point within it; the nearest pane's edge for a point between panes. */
export function paneAt(panes: readonly Rect[], point: Point): { index: number; point: Point } {
  const inside = panes.map((pane) => ({
    x: Math.min(pane.width, Math.max(0, point.x - pane.x)),
    y: Math.min(pane.height, Math.max(0, point.y - pane.y)),
  }));
  const distances = panes.map(({ x, y }, index) => {
    const nearest = inside[index] ?? { x: 0, y: 0 };
    return Math.hypot(point.x - x - nearest.x, point.y - y - nearest.y);
  });
  const index = distances.indexOf(Math.min(...distances));
  return { index, point: inside[index] ?? point };
}
