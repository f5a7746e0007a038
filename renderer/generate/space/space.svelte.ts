import type { Drawable, Generator } from '../../../preload/contract.ts';
import type { GenerateSession } from '../generate-session.svelte.ts';
import { spaceTexts } from './space-texts.ts';

/** A picture that was kept on the way, from wherever: drawn, opened, found on the map. */
export interface KeptPicture {
  readonly id: number;
  readonly name: string;
  readonly drawable: Drawable;
}

/** Pictures of the collection that were marked together on the map, by their places in it. */
export interface MarkedGroup {
  readonly id: number;
  readonly pictures: readonly number[];
}

/** What the views of one model's latent space share. */
export class Space {
  readonly session: GenerateSession;
  readonly model: Generator;
  #kept = $state.raw<readonly KeptPicture[]>([]);
  #groups = $state.raw<readonly MarkedGroup[]>([]);
  #lastId = 0;
  /** Class that is drawn, where the model can be told one. */
  label = $state<number>();

  constructor(session: GenerateSession, model: Generator) {
    this.session = session;
    this.model = model;
    if (model.classes.length > 0) this.label = 0;
  }

  /** In the order in which they are gone through. */
  get kept(): readonly KeptPicture[] {
    return this.#kept;
  }

  /** In the order in which they were marked. */
  get groups(): readonly MarkedGroup[] {
    return this.#groups;
  }

  mark(pictures: readonly number[]): void {
    this.#lastId += 1;
    this.#groups = [...this.#groups, { id: this.#lastId, pictures }];
  }

  keep(name: string, drawable: Drawable): void {
    this.#lastId += 1;
    this.#kept = [...this.#kept, { id: this.#lastId, name, drawable }];
  }

  remove(id: number): void {
    this.#kept = this.#kept.filter((picture) => picture.id !== id);
  }

  /** Moves a picture to another place in the order. */
  move(id: number, to: number): void {
    const picture = this.#kept.find((each) => each.id === id);
    if (!picture) return;
    const others = this.#kept.filter((each) => each !== picture);
    const place = Math.min(others.length, Math.max(0, to));
    this.#kept = [...others.slice(0, place), picture, ...others.slice(place)];
  }

  /** Keeps new pictures by chance. */
  draw(count: number): Promise<void> {
    const seed = Math.floor(Math.random() * 2 ** 31);
    return this.session.try(async () => {
      const drawn = await this.session.client.call('generate.sample', {
        ...{ model: this.model.id, seed, count, temperature: 1 },
        ...(this.label !== undefined && { label: this.label }),
      });
      for (const drawable of drawn) this.keep(spaceTexts.drawn, drawable);
    });
  }

  /** Keeps what the model makes of picture files. */
  open(paths: string[]): Promise<void> {
    return this.session.try(async () => {
      const { label } = this;
      const input = { model: this.model.id, paths, ...(label !== undefined && { label }) };
      const answer = await this.session.client.call('space.encode', input);
      for (const { name, drawable } of answer.pictures) this.keep(name, drawable);
      const [refused] = answer.refused;
      if (refused) throw { code: 'unsupported', message: refused.reason };
    });
  }
}

const spaces = new WeakMap<GenerateSession, Map<string, Space>>();

/** The one of a model, for as long as the workspace lives. */
export function spaceOf(session: GenerateSession, model: Generator): Space {
  const known = spaces.get(session) ?? new Map<string, Space>();
  spaces.set(session, known);
  const key = `${model.id} ${model.version}`;
  const space = known.get(key) ?? new Space(session, model);
  known.set(key, space);
  return space;
}
