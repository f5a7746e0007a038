import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WindowWatch } from '../../../../main/shell/web/window-watch.ts';

let busy: boolean;
let gone: number;
let watch: WindowWatch;

beforeEach(() => {
  vi.useFakeTimers();
  busy = false;
  gone = 0;
  watch = new WindowWatch(
    () => busy,
    () => gone++,
  );
});
afterEach(() => vi.useRealTimers());

const minute = () => vi.advanceTimersByTime(60_000);

test('tells when the last window has gone', () => {
  watch.opened();
  watch.opened();
  watch.closed();
  minute();
  expect(gone).toBe(0);
  watch.closed();
  minute();
  expect(gone).toBe(1);
});

test('a reload is not taken for closing', () => {
  watch.opened();
  watch.closed();
  vi.advanceTimersByTime(1000);
  watch.opened();
  minute();
  expect(gone).toBe(0);
});

test('waits for the jobs that run', () => {
  busy = true;
  watch.opened();
  watch.closed();
  minute();
  expect(gone).toBe(0);
  busy = false;
  minute();
  expect(gone).toBe(1);
});

test('a window that was never opened is not waited for', () => {
  minute();
  expect(gone).toBe(0);
});
