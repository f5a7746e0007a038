/** Files that the person handed to Relume outside its window: named when it was started, or by "Open with". */
import { pictureFiles } from '../library/picture-files.ts';
import type { Answers, ApiContext } from './context.ts';

type Listener = (news: Record<string, never>) => void;

export class Arrivals {
  readonly #listeners = new Set<Listener>();
  #waiting: string[] = [];

  /** Listens to files that arrive; returns the function that stops it. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param paths absolute */
  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.#waiting.push(...paths);
    for (const listener of this.#listeners) listener({});
  }

  /** Those that no window has taken yet. */
  take(): string[] {
    return this.#waiting.splice(0);
  }
}

export const arrivalAnswers = ({ arrivals }: ApiContext): Answers<'app.arrived'> => ({
  'app.arrived': async () => {
    const { files, refused } = await pictureFiles(arrivals.take());
    // Why a folder holds nothing is said when it is opened.
    return { paths: [...files, ...refused.map(({ path }) => path)] };
  },
});
