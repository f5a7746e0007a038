import type { LearntPicture, MapLayout, RequestOutput } from '../../../../preload/contract.ts';
import type { Space } from '../space.svelte.ts';
import { classColour } from './class-colours.ts';
import type { IsHidden, Places } from './map-geometry.ts';
import type { PointColours } from './screen.ts';

/** Opacity of points, 0..255: as they are, and of those that are not selected while others are. */
const alpha = { plain: 220, aside: 45 };
/** Pictures of a selection that are shown one by one. */
const mostShown = 48;
const similarCount = 24;

/** The map of a collection, and which of its pictures are looked at. */
export class MapState {
  readonly space: Space;
  #map = $state.raw<RequestOutput<'space.map'>>();
  #scores = $state.raw<RequestOutput<'space.scores'>>();
  #selected = $state.raw<readonly number[]>([]);
  #isolated = $state.raw<ReadonlySet<number>>();
  #shown = $state.raw<readonly LearntPicture[]>([]);
  #layingOut = $state(false);
  layout = $state<MapLayout>('pca');
  thumbnails = $state(true);
  lasso = $state(false);

  /** Another function whenever other points are hidden. */
  readonly isHidden: IsHidden = $derived.by(() => {
    const isolated = this.#isolated;
    return (index) => isolated !== undefined && !isolated.has(index);
  });
  readonly places: Places = $derived.by(() => Float32Array.from(this.#map?.points ?? []));
  readonly count = $derived.by(() => this.places.length / 2);
  readonly colours: PointColours = $derived.by(() => {
    const colours = new Uint8Array(4 * this.count);
    const selected = new Set(this.#selected);
    for (let index = 0; index < this.count; index++) {
      const [red, green, blue] = classColour(this.labelOf(index), this.classes.length);
      const isAside = selected.size > 0 && !selected.has(index);
      const opacity = this.isHidden(index) ? 0 : isAside ? alpha.aside : alpha.plain;
      colours.set([red, green, blue, opacity], 4 * index);
    }
    return colours;
  });

  constructor(space: Space) {
    this.space = space;
    if (space.model.latent === 2) this.layout = 'latent';
  }

  /** Undefined until it is known. */
  get map(): RequestOutput<'space.map'> | undefined {
    return this.#map;
  }

  /** Whether a layout is being made. */
  get layingOut(): boolean {
    return this.#layingOut;
  }

  get scores(): RequestOutput<'space.scores'> | undefined {
    return this.#scores;
  }

  get classes(): readonly string[] {
    return this.#map?.classes ?? [];
  }

  get selected(): readonly number[] {
    return this.#selected;
  }

  /** The first pictures of the selection. */
  get shown(): readonly LearntPicture[] {
    return this.#shown;
  }

  get isolated(): boolean {
    return this.#isolated !== undefined;
  }

  labelOf(index: number): number | undefined {
    return this.#map?.labels?.[index];
  }

  /** Lays the collection out; returns the function that gives up waiting. */
  layOut(): () => void {
    let wanted = true;
    const { session, model } = this.space;
    const { layout } = this;
    this.#layingOut = true;
    void session.try(async () => {
      try {
        const map = await session.client.call('space.map', { model: model.id, layout });
        if (!wanted) return;
        this.#map = map;
      } finally {
        if (wanted) this.#layingOut = false;
      }
      if (!this.#scores) this.#scores = await session.client.call('space.scores', { model: model.id });
    });
    return () => {
      wanted = false;
    };
  }

  select(pictures: readonly number[]): void {
    this.#selected = pictures;
    void this.#show();
  }

  selectClass(label: number): void {
    this.select(this.#every().filter((index) => this.labelOf(index) === label && !this.isHidden(index)));
  }

  /** Selects a picture and those whose codes are nearest to its own. */
  selectSimilar(index: number): Promise<void> {
    const { session, model } = this.space;
    return session.try(async () => {
      const input = { model: model.id, index, count: similarCount };
      this.select([index, ...(await session.client.call('space.similar', input))]);
    });
  }

  /** Shows only the selection, or all again. */
  isolate(alone: boolean): void {
    this.#isolated = alone ? new Set(this.#selected) : undefined;
    if (alone) this.select([]);
  }

  /** Keeps the pictures of the selection that are shown. */
  keep(picture: LearntPicture): void {
    this.space.keep(picture.name, picture.drawable);
  }

  async #show(): Promise<void> {
    const pictures = this.#selected.slice(0, mostShown);
    const { session, model } = this.space;
    await session.try(async () => {
      const shown = await session.client.call('space.learnt', { model: model.id, pictures: [...pictures] });
      if (this.#selected[0] === pictures[0]) this.#shown = shown;
    });
  }

  #every(): number[] {
    return Array.from({ length: this.count }, (_, index) => index);
  }
}
