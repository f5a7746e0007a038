import type { Refused } from '../../preload/contract.ts';
import { nameOf } from '../design/path-parts.ts';
import { texts } from '../texts.ts';

/** Something the person should know, until it is dismissed. */
export interface Notice {
  id: number;
  title: string;
  lines: readonly string[];
}

/** What is being told, oldest first. */
export class Notices {
  #notices = $state.raw<readonly Notice[]>([]);
  #count = 0;

  get all(): readonly Notice[] {
    return this.#notices;
  }

  /** Tells something, unless the same is being told already. */
  add(title: string, lines: readonly string[]): void {
    const same = (notice: Notice) => notice.title === title && notice.lines.join() === lines.join();
    if (this.#notices.some(same)) return;
    this.#count += 1;
    this.#notices = [...this.#notices, { id: this.#count, title, lines }];
  }

  /** Tells which files were not opened, and why. */
  refuse(refused: readonly Refused[]): void {
    if (refused.length > 0) this.add(texts.cannotOpen(refused.length), refused.map(sentenceOf));
  }

  dismissAll(): void {
    this.#notices = [];
  }

  dismiss(id: number): void {
    this.#notices = this.#notices.filter((notice) => notice.id !== id);
  }
}

/** Name and reason; most reasons name the file themselves. */
function sentenceOf({ path, reason }: Refused): string {
  const name = nameOf(path);
  return reason.includes(name) ? reason : `${name}: ${reason}`;
}
