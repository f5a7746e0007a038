/** What a network sees of a picture that is transparent in places. */
import { extendColours } from '../image/extend-colours.ts';
import type { Picture } from '../image/picture.ts';
import { type Area, partOf, type TiledPicture, tiledInMemory } from '../image/tiled-picture.ts';

/**
 * Colours are continued from squares of 2, 4, 8, … pixels: up to this side they are the same in every part, so that
 * neighbouring tiles see the same. It is more than they overlap.
 */
const cell = 64;

/** An area of a picture, with colours continued where it is wholly transparent. */
export function opaquePart(picture: TiledPicture, area: Area): Picture {
  if (picture.channels % 2 === 1) return partOf(picture, area);
  const [left, top] = [area.left - (area.left % cell), area.top - (area.top % cell)];
  const [right, bottom] = [
    Math.min(picture.width, Math.ceil((area.left + area.width) / cell) * cell),
    Math.min(picture.height, Math.ceil((area.top + area.height) / cell) * cell),
  ];
  const around = extendColours(partOf(picture, { left, top, width: right - left, height: bottom - top }));
  return partOf(tiledInMemory(around), { ...area, left: area.left - left, top: area.top - top });
}
