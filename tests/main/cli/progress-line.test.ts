import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { expect, it } from 'vitest';
import { barText, duration, ProgressLine } from '../../../main/cli/progress-line.ts';

const streamOf = (isTTY: boolean, columns = 40) => {
  const stream = Object.assign(new PassThrough(), { isTTY, columns });
  // Only what a progress line uses of a terminal.
  return { stream: stream as unknown as WriteStream, printed: () => String(stream.read() ?? '') };
};

it('draws over one line of a terminal, no longer than it is wide', () => {
  const { stream, printed } = streamOf(true, 10);
  const line = new ProgressLine(stream);
  line.show('a text that is too long');
  line.clear();
  expect(printed()).toBe('\r\u001b[2Ka text th\r\u001b[2K');
});

it('prints nothing in a pipe', () => {
  const { stream, printed } = streamOf(false);
  const line = new ProgressLine(stream);
  line.show('text');
  line.clear();
  expect(printed()).toBe('');
});

it('shows the share done and the time left once it is known', () => {
  expect(barText('a.jpg', 0.5)).toBe(`a.jpg ${'█'.repeat(12)}${'░'.repeat(12)}  50%`);
  expect(barText('a.jpg', 1, 0)).toBe(`a.jpg ${'█'.repeat(24)} 100%  0 s left`);
});

it('says durations in two units', () => {
  expect([8.4, 125, 12_000].map(duration)).toEqual(['8 s', '2 min 5 s', '3 h 20 min']);
});
