/** One line on a terminal that is drawn over and over; nothing in a pipe. */
import type { WriteStream } from 'node:tty';

const barWidth = 24;

export class ProgressLine {
  readonly #stream: WriteStream;
  #shown = false;

  constructor(stream: WriteStream = process.stderr) {
    this.#stream = stream;
  }

  show(text: string): void {
    if (!this.#stream.isTTY) return;
    this.#stream.write(`\r\u001b[2K${text.slice(0, (this.#stream.columns || 80) - 1)}`);
    this.#shown = true;
  }

  /** Leaves an empty line for what is printed next. */
  clear(): void {
    if (this.#shown) this.#stream.write('\r\u001b[2K');
    this.#shown = false;
  }
}

/**
 * A bar, the share done, and the time left.
 *
 * @param share 0..1
 * @param secondsLeft undefined until it can be known
 */
export function barText(label: string, share: number, secondsLeft?: number): string {
  const full = Math.round(share * barWidth);
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full);
  const left = secondsLeft === undefined ? '' : `  ${duration(secondsLeft)} left`;
  return `${label} ${bar} ${String(Math.floor(share * 100)).padStart(3)}%${left}`;
}

/** In the two largest units that matter: "8 s", "2 min 5 s", "3 h 20 min". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}
