import type { Drawable, PictureGroup, RequestOutput } from '../../../../preload/contract.ts';
import type { Space } from '../space.svelte.ts';
import { changed } from './changed.ts';

/** A group as it is chosen: a class by its place, a group marked on the map by its id, or all other pictures. */
export type GroupChoice = 'rest' | `class-${number}` | `marked-${number}`;

/** A direction between two groups, and how far it is gone. */
export class Direction {
  readonly id: number;
  having = $state<GroupChoice>('rest');
  without = $state<GroupChoice>('rest');
  /** 1 is the whole way from one group's middle to that of the other. */
  amount = $state(1);
  #found = $state.raw<RequestOutput<'space.direction'>>();

  constructor(id: number, having: GroupChoice) {
    this.id = id;
    this.having = having;
  }

  /** Undefined until it is known. */
  get found(): RequestOutput<'space.direction'> | undefined {
    return this.#found;
  }

  /** Finds it; returns the function that gives up waiting. */
  find(space: Space): () => void {
    const { session, model, groups } = space;
    const groupOf = (choice: GroupChoice): PictureGroup => {
      const [kind, number] = choice.split('-');
      if (kind === 'class') return { label: Number(number) };
      const marked = groups.find(({ id }) => kind === 'marked' && id === Number(number));
      return marked ? { pictures: [...marked.pictures] } : 'rest';
    };
    const [having, without] = [groupOf(this.having), groupOf(this.without)];
    let wanted = true;
    if (this.having === this.without) this.#found = undefined;
    else {
      void session.try(async () => {
        const found = await session.client.call('space.direction', { model: model.id, having, without });
        if (wanted) this.#found = found;
      });
    }
    return () => {
      wanted = false;
    };
  }
}

/** All directions that are gone at once. */
export class Directions {
  #all = $state.raw<readonly Direction[]>([]);
  #lastId = 0;

  get all(): readonly Direction[] {
    return this.#all;
  }

  add(having: GroupChoice): void {
    this.#lastId += 1;
    this.#all = [...this.#all, new Direction(this.#lastId, having)];
  }

  remove(id: number): void {
    this.#all = this.#all.filter((direction) => direction.id !== id);
  }

  /** A picture changed by all of them. @param instead one of them with another amount than its own */
  apply({ code, ...rest }: Drawable, instead?: { direction: Direction; amount: number }): Drawable {
    const changes = this.#all.flatMap((each) => {
      const amount = each === instead?.direction ? instead.amount : each.amount;
      return each.found ? [{ direction: each.found.direction, amount }] : [];
    });
    return { ...rest, code: changed(code, changes) };
  }
}
