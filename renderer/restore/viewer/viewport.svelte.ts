import type { Part } from '../../../preload/contract.ts';
import {
  centredOn,
  clampView,
  fitScale,
  maxZoom,
  nextStop,
  type Point,
  pictureAt,
  pixelAt,
  type Size,
  type View,
  zoomAt,
} from './view-geometry.ts';

/** Air around a fitted picture, CSS pixels. */
const margin = 12;

/** What part of the picture is seen: the same in every pane. */
export class Viewport {
  #size = $state.raw<Size>({ width: 0, height: 0 });
  #picture = $state.raw<Size>({ width: 1, height: 1 });
  #pixelRatio = $state(1);
  #view = $state.raw<View>({ scale: 1, x: 0, y: 0 });
  #fitted = $state(true);
  #pointer = $state.raw<Point>();

  /** Device pixels per picture pixel. */
  readonly zoom = $derived.by(() => this.#view.scale * this.#pixelRatio);
  /** What one looks at closely: under the pointer, or the middle of the pane. CSS pixels in the pane. */
  readonly focus = $derived.by(() => this.#pointer ?? this.#middle());
  /** The pixel there; undefined beside the picture. */
  readonly pixel = $derived.by(() => pixelAt(this.#view, this.focus, this.#picture));
  /** What is in sight, as shares of the picture's sides. */
  readonly part: Part = $derived.by(() => {
    const { width, height } = this.#picture;
    const { x, y } = pictureAt(this.#view, { x: 0, y: 0 });
    const { scale } = this.#view;
    return {
      x: x / width,
      y: y / height,
      width: this.#size.width / scale / width,
      height: this.#size.height / scale / height,
    };
  });
  readonly #fitScale = $derived.by(() => {
    const room = { width: this.#size.width - 2 * margin, height: this.#size.height - 2 * margin };
    return Math.max(1e-3, fitScale(this.#picture, room, this.#pixelRatio));
  });

  /** A pane's size, CSS pixels. */
  get size(): Size {
    return this.#size;
  }

  get pixelRatio(): number {
    return this.#pixelRatio;
  }

  get view(): View {
    return this.#view;
  }

  get fitted(): boolean {
    return this.#fitted;
  }

  /** Where the pointer is within the pane under it, CSS pixels; undefined outside the viewer. */
  get pointer(): Point | undefined {
    return this.#pointer;
  }

  set pointer(pointer: Point | undefined) {
    this.#pointer = pointer;
  }

  show(picture: Size): void {
    this.#picture = picture;
    this.fit();
  }

  /** Counts in the pixels of a larger or smaller version of the same picture; what is in sight stays. */
  reframe(frame: Size): void {
    const ratio = this.#picture.width / frame.width;
    if (ratio === 1) return;
    this.#picture = frame;
    if (this.#fitted) this.fit();
    else {
      this.#view = { ...this.#view, scale: this.#view.scale * ratio };
      this.zoomTo(this.zoom);
    }
  }

  /** Takes the panes' size, CSS pixels; what was in the middle stays there. */
  resize(size: Size, pixelRatio: number): void {
    const { scale, x, y } = this.#view;
    const moved = {
      x: x + (size.width - this.#size.width) / 2,
      y: y + (size.height - this.#size.height) / 2,
    };
    this.#size = size;
    this.#pixelRatio = pixelRatio;
    if (this.#fitted) this.fit();
    else this.#set({ scale, ...moved });
  }

  fit(): void {
    this.#set({ scale: this.#fitScale, x: 0, y: 0 });
    this.#fitted = true;
  }

  /** Zooms to a number of device pixels per picture pixel, keeping what is at `anchor`. */
  zoomTo(zoom: number, anchor: Point = this.#middle()): void {
    const scale = Math.min(maxZoom / this.#pixelRatio, Math.max(this.#fitScale, zoom / this.#pixelRatio));
    this.#set(zoomAt(this.#view, scale, anchor));
    this.#fitted = scale === this.#fitScale;
  }

  zoomBy(factor: number, anchor?: Point): void {
    this.zoomTo(this.zoom * factor, anchor);
  }

  /** Zooms in (1) or out (-1) to the next round number. */
  zoomStep(direction: 1 | -1): void {
    this.zoomTo(nextStop(this.zoom, direction), this.focus);
  }

  panBy(x: number, y: number): void {
    this.#set({ ...this.#view, x: this.#view.x + x, y: this.#view.y + y });
  }

  /** Brings a point of the picture, in picture pixels, to the middle. */
  centreOn(target: Point): void {
    this.#set(centredOn(this.#view, target, this.#size));
  }

  #set(view: View): void {
    this.#view = clampView(view, this.#picture, this.#size);
  }

  #middle(): Point {
    return { x: this.#size.width / 2, y: this.#size.height / 2 };
  }
}
