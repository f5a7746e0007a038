/** What is drawn over the points of a map: thumbnails, and marks of what is looked at. */
import { classColour, cssColour } from './class-colours.ts';
import { type Camera, type IsHidden, type Places, type Point, paneAt, sightOf } from './map-geometry.ts';
import { cellSide, RememberedRepresentatives } from './representatives.ts';
import { resize, type Screen } from './screen.ts';
import type { Thumbnails } from './thumbnails.ts';

/** Sides of thumbnails, CSS pixels: larger where there are few pictures. */
const sides = { few: 48, many: 30 };
const few = 600;
/** Width of the edge that tells the class. */
const edge = 2;
/** Between thumbnails, at least. */
const gap = 4;

interface Scene {
  readonly places: Places;
  readonly labelOf: (index: number) => number | undefined;
  readonly classes: number;
  readonly isHidden: IsHidden;
  /** Whether there is a selection, and what does not belong to it: the same function as long as both stay. */
  readonly hasSelection: boolean;
  readonly isAside: IsHidden;
  /** The point under the pointer. */
  readonly hovered: number | undefined;
  readonly lasso: readonly Point[];
}

/** Opacity of thumbnails that are not selected while others are. */
const asideAlpha = 0.25;

export class Overlay {
  readonly #canvas: HTMLCanvasElement;
  readonly #thumbnails: Thumbnails;
  readonly #all = new RememberedRepresentatives();
  readonly #selected = new RememberedRepresentatives();

  constructor(canvas: HTMLCanvasElement, thumbnails: Thumbnails) {
    this.#canvas = canvas;
    this.#thumbnails = thumbnails;
  }

  paint(scene: Scene, camera: Camera, screen: Screen, withThumbnails: boolean): void {
    resize(this.#canvas, screen);
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    context.setTransform(screen.pixelRatio, 0, 0, screen.pixelRatio, 0, 0);
    context.clearRect(0, 0, screen.size.width, screen.size.height);
    context.imageSmoothingQuality = 'high';
    if (withThumbnails) this.#paintThumbnails(context, scene, camera, screen);
    this.#thumbnails.load();
    paintHovered(context, scene, camera, screen);
    paintLasso(context, scene.lasso);
  }

  #paintThumbnails(context: CanvasRenderingContext2D, scene: Scene, camera: Camera, screen: Screen): void {
    const side = scene.places.length / 2 <= few ? sides.few : sides.many;
    const apart = side + 2 * edge + gap;
    const { places, isHidden, isAside, hasSelection } = scene;
    const sight = sightOf(camera, screen.size, side);
    const paint = (found: RememberedRepresentatives, hidden: IsHidden) => {
      for (const index of found.find(places, cellSide(camera, apart), sight, hidden)) {
        const at = placeOf(scene, camera, screen, index);
        if (isSeen(at, screen, side)) this.#paintThumbnail(context, scene, index, at, side);
      }
    };
    context.globalAlpha = hasSelection ? asideAlpha : 1;
    paint(this.#all, isHidden);
    if (!hasSelection) return;
    // The pictures of a selection stand for it wherever it has any, whatever lies between them.
    context.globalAlpha = 1;
    paint(this.#selected, isAside);
  }

  #paintThumbnail(
    context: CanvasRenderingContext2D,
    { labelOf, classes }: Scene,
    index: number,
    at: Point,
    side: number,
  ): void {
    const found = this.#thumbnails.get(index);
    if (!found) return;
    const [left, top] = [at.x - side / 2, at.y - side / 2];
    const label = labelOf(index);
    context.fillStyle = label === undefined ? 'black' : cssColour(classColour(label, classes));
    context.fillRect(left - edge, top - edge, side + 2 * edge, side + 2 * edge);
    context.drawImage(found.sheet, found.x, found.y, found.side, found.side, left, top, side, side);
  }
}

function placeOf({ places }: Scene, camera: Camera, { size }: Screen, index: number): Point {
  return paneAt(camera, size, { x: places[2 * index] ?? 0, y: places[2 * index + 1] ?? 0 });
}

/** Whether any of a thumbnail around this point lies in the pane. */
function isSeen({ x, y }: Point, { size }: Screen, side: number): boolean {
  return x > -side && y > -side && x < size.width + side && y < size.height + side;
}

function paintHovered(context: CanvasRenderingContext2D, scene: Scene, camera: Camera, screen: Screen): void {
  if (scene.hovered === undefined) return;
  const { x, y } = placeOf(scene, camera, screen, scene.hovered);
  for (const [width, colour] of [
    [4, 'black'],
    [2, 'white'],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.beginPath();
    context.arc(x, y, 8, 0, 2 * Math.PI);
    context.stroke();
  }
}

function paintLasso(context: CanvasRenderingContext2D, lasso: readonly Point[]): void {
  const [first, ...rest] = lasso;
  if (!first) return;
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const { x, y } of rest) context.lineTo(x, y);
  context.closePath();
  context.fillStyle = 'rgb(255 255 255 / 0.1)';
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = 'white';
  context.setLineDash([5, 4]);
  context.stroke();
  context.setLineDash([]);
}
