/** What a trace of Chromium tells of its frames and of the page's own share in them. */
import { z } from 'zod';

export const traceCategories = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'devtools.timeline.frame',
] as const;

/** One value a frame, ms. */
export interface FrameTimes {
  /** Between one drawn frame and the next. */
  readonly frames: number[];
  /** Processor time of the page's thread for its script. */
  readonly script: number[];
  /** The same for style, layout, painting and handing over. */
  readonly rendering: number[];
  /** The same for all that the thread does. */
  readonly main: number[];
}

const eventSchema = z.object({
  name: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** Microseconds. */
  ts: z.number(),
  /** Processor time in between, microseconds; waiting for other processes does not count. */
  tdur: z.number().default(0),
});
type Event = z.infer<typeof eventSchema>;
const traceSchema = z.object({ traceEvents: z.array(z.unknown()) });

const script = new Set(['EventDispatch', 'FireAnimationFrame', 'TimerFire', 'RunMicrotasks']);
const rendering = new Set(['UpdateLayoutTree', 'Layout', 'PrePaint', 'Paint', 'Layerize', 'Commit']);

/** @param trace as Chromium writes it, JSON */
export function gesture(trace: Uint8Array): FrameTimes {
  const { traceEvents } = traceSchema.parse(JSON.parse(new TextDecoder().decode(trace)));
  const events = traceEvents
    .flatMap((event) => eventSchema.safeParse(event).data ?? [])
    .sort((a, b) => a.ts - b.ts);
  const drawn = events.filter(({ name }) => name === 'DrawFrame').map(({ ts }) => ts / 1000);
  const begun = events.filter(({ name }) => name === 'BeginMainThreadFrame');
  const [thread] = begun;
  const own = events.filter(({ pid, tid }) => pid === thread?.pid && tid === thread?.tid);
  const spent = (counts: (name: string) => boolean) =>
    perFrame(
      begun,
      own.filter(({ name }) => counts(name)),
    );
  return {
    frames: drawn.slice(1).map((time, i) => time - (drawn[i] ?? time)),
    script: spent((name) => script.has(name)),
    rendering: spent((name) => rendering.has(name)),
    main: spent((name) => name === 'RunTask'),
  };
}

/** Processor time of events from the beginning of each frame to that of the next, ms. */
function perFrame(begun: readonly Event[], events: readonly Event[]): number[] {
  return begun
    .slice(1)
    .map((next, i) =>
      events
        .filter(({ ts }) => ts >= (begun[i]?.ts ?? 0) && ts < next.ts)
        .reduce((sum, { tdur }) => sum + tdur / 1000, 0),
    );
}
