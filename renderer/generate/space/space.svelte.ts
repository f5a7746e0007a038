import { type Drawable, type Generator, type KeptPicture, mostKept } from '../../../preload/contract.ts';
import type { GenerateSession } from '../generate-session.svelte.ts';
import { spaceTexts } from './space-texts.ts';

/** A kept picture in the window. */
export interface Kept extends KeptPicture {
  readonly id: number;
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
  #kept = $state.raw<readonly Kept[]>([]);
  /** One writing after the other: the last word stands. */
  #written: Promise<void>;
  #groups = $state.raw<readonly MarkedGroup[]>([]);
  #lastId = 0;
  #label = $state<number>();

  constructor(session: GenerateSession, model: Generator) {
    this.session = session;
    this.model = model;
    this.#written = session.try(async () => {
      const kept = await session.client.call('generate.kept', { model: model.id });
      this.#kept = [...kept.map((picture) => this.#numbered(picture)), ...this.#kept];
    });
  }

  /** Class that is drawn, where the model can be told one: until it is chosen, that of the first kept picture. */
  get label(): number | undefined {
    if (this.model.classes.length === 0) return undefined;
    return this.#label ?? this.#kept[0]?.drawable.label ?? 0;
  }

  set label(label: number | undefined) {
    this.#label = label;
  }

  /** In the order in which they are gone through. */
  get kept(): readonly Kept[] {
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
    if (this.#kept.length < mostKept) this.#set([...this.#kept, this.#numbered({ name, drawable })]);
    else this.session.complain(spaceTexts.keptFull);
  }

  remove(id: number): void {
    this.#set(this.#kept.filter((picture) => picture.id !== id));
  }

  isKept(drawable: Drawable): boolean {
    return this.#alike(drawable).length > 0;
  }

  /** Keeps a picture, or lets go of it. */
  toggle(name: string, drawable: Drawable): void {
    const alike = this.#alike(drawable);
    if (alike.length === 0) this.keep(name, drawable);
    else this.#set(this.#kept.filter((picture) => !alike.includes(picture)));
  }

  /** Moves a picture to another place in the order. */
  move(id: number, to: number): void {
    const picture = this.#kept.find((each) => each.id === id);
    if (!picture) return;
    const others = this.#kept.filter((each) => each !== picture);
    const place = Math.min(others.length, Math.max(0, to));
    this.#set([...others.slice(0, place), picture, ...others.slice(place)]);
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

  #alike({ code, label }: Drawable): readonly Kept[] {
    const text = JSON.stringify([code, label]);
    return this.#kept.filter(({ drawable }) => JSON.stringify([drawable.code, drawable.label]) === text);
  }

  #numbered({ name, drawable }: KeptPicture): Kept {
    this.#lastId += 1;
    return { id: this.#lastId, name, drawable };
  }

  #set(kept: readonly Kept[]): void {
    this.#kept = kept;
    this.#written = this.#written.then(() =>
      this.session.try(() => {
        const pictures = this.#kept.map(({ name, drawable }) => ({ name, drawable }));
        return this.session.client.call('generate.keep', { model: this.model.id, pictures });
      }),
    );
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
