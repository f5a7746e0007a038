import { clampView, fitScale, maxZoom, type Point, type Size, type View, zoomAt } from './viewer-geometry.ts';

/** Air around a fitted picture, CSS pixels. */
const margin = 16;

/** What part of the picture is seen, and how it is compared. */
export class Viewport {
  #size = $state.raw<Size>({ width: 0, height: 0 });
  #picture = $state.raw<Size>({ width: 1, height: 1 });
  #pixelRatio = $state(1);
  #view = $state.raw<View>({ scale: 1, x: 0, y: 0 });
  #fitted = $state(true);
  #split = $state(0.5);
  #original = $state(false);

  /** Device pixels per picture pixel. */
  readonly zoom = $derived.by(() => this.#view.scale * this.#pixelRatio);
  readonly #fitScale = $derived.by(() => {
    const room = { width: this.#size.width - 2 * margin, height: this.#size.height - 2 * margin };
    return Math.max(1e-3, fitScale(this.#picture, room, this.#pixelRatio));
  });

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

  /** Where the line between before and after lies, 0..1 of the width. */
  get split(): number {
    return this.#split;
  }

  set split(share: number) {
    this.#split = Math.min(1, Math.max(0, share));
  }

  /** Whether the original alone is shown. */
  get original(): boolean {
    return this.#original;
  }

  set original(shown: boolean) {
    this.#original = shown;
  }

  show(picture: Size): void {
    this.#picture = picture;
    this.fit();
  }

  /** Takes the viewer's size, CSS pixels; what was in the middle stays there. */
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

  panBy(x: number, y: number): void {
    this.#set({ ...this.#view, x: this.#view.x + x, y: this.#view.y + y });
  }

  #set(view: View): void {
    this.#view = clampView(view, this.#picture, this.#size);
  }

  #middle(): Point {
    return { x: this.#size.width / 2, y: this.#size.height / 2 };
  }
}
