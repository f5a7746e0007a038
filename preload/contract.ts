/**
 * The whole interface between the window and the rest: every request, every event, and their schemas.
 *
 * Implemented once in main/api, carried by two transports: Electron's IPC (preload.ts) and loopback
 * HTTP + WebSocket (web-client.ts).
 */
import { z } from 'zod';
import { deviceEvents, deviceIdSchema, deviceRequests } from './contract-devices.ts';
import { generateRequests } from './contract-generate.ts';
import { generatorRunEvents, generatorRunRequests } from './contract-generator-runs.ts';
import { modelRequests, refusedSchema } from './contract-models.ts';
import { presetRequests } from './contract-presets.ts';
import { blendSchema, restorationSchema, saveOptionsSchema } from './contract-restore.ts';
import { spaceRequests } from './contract-space.ts';
import { trainEvents, trainRequests } from './contract-train.ts';

export * from './contract-devices.ts';
export * from './contract-features.ts';
export * from './contract-generate.ts';
export * from './contract-generator-runs.ts';
export * from './contract-models.ts';
export * from './contract-presets.ts';
export * from './contract-recipe.ts';
export * from './contract-restore.ts';
export * from './contract-space.ts';
export * from './contract-train.ts';
export * from './name-pattern.ts';

/** Extensions of camera makers' RAW files. */
export const rawExtensions: readonly string[] = [
  ...['.3fr', '.arw', '.cr2', '.cr3', '.crw', '.dcr', '.dng', '.erf', '.fff', '.iiq', '.kdc', '.mef', '.mos'],
  ...['.mrw', '.nef', '.nrw', '.orf', '.pef', '.raf', '.rw2', '.rwl', '.sr2', '.srf', '.srw', '.x3f'],
];

/** Extensions of the pictures that can be opened. */
export const pictureExtensions: readonly string[] = [
  ...['.jpg', '.jpeg', '.jpe', '.jfif', '.png', '.webp', '.tif', '.tiff', '.avif', '.gif'],
  ...['.heic', '.heif', '.hif'],
  ...rawExtensions,
];

/** Whether a file in a folder is taken for a picture; one that is named by itself may have any extension. */
export function isPictureName(name: string): boolean {
  return !name.startsWith('.') && pictureExtensions.some((each) => name.toLowerCase().endsWith(each));
}

/** A picture that is open in the window. Sizes are after orientation is applied. */
export const pictureSchema = z.object({
  id: z.string(),
  path: z.string(),
  name: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  /** Bits per channel. */
  depth: z.union([z.literal(8), z.literal(16)]),
  format: z.string(),
  /** Estimated noise, standard deviation in 8-bit levels. */
  sigma: z.number(),
  /** What the person should know, e.g. that only the first picture of an animation was read. */
  note: z.string().optional(),
});

/** The tiles of a result: where their columns and rows end, in its pixels, and which are done, row by row. */
const tileGridSchema = z.object({
  right: z.array(z.number().int()),
  bottom: z.array(z.number().int()),
  done: z.array(z.boolean()),
});

/** A part of a picture, as shares of its sides, 0..1. */
const partSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

const jobStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);

export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum(['preview', 'save']),
  /** Id of the open picture; of a save that was left by an earlier run, none that is open. */
  picture: z.string(),
  /** Path of the picture's file. */
  file: z.string(),
  state: jobStateSchema,
  /** Share done, 0..1. */
  progress: z.number(),
  /** What can be shown of the result (previews). */
  tiles: tileGridSchema.optional(),
  /** Level of reduction from which on a quick look at the whole can be shown around it (previews). */
  quick: z.number().int().optional(),
  /** Estimated seconds left; absent until it can be known. */
  secondsLeft: z.number().optional(),
  /** Device that does the work, by name; absent until known. */
  device: z.string().optional(),
  /** Why it failed. */
  reason: z.string().optional(),
  /** What happened on the way that the person should know, e.g. a retry on the CPU. */
  note: z.string().optional(),
  /** File written (saves). */
  output: z.string().optional(),
  /** How long the work took; present when it was done. */
  seconds: z.number().optional(),
});

/** Every job, the waiting saves in the order in which they are done. */
const queueSchema = z.object({ paused: z.boolean(), jobs: z.array(jobSchema) });

/** PSNR in dB, null for equal pictures; SSIM -1..1. */
const closenessSchema = z.object({ psnr: z.number().nullable(), ssim: z.number() });

const nothing = z.object({});
const jobRef = z.object({ job: z.string() });
const opened = z.object({ pictures: z.array(pictureSchema), refused: z.array(refusedSchema) });

/** Every request: what it takes and what it answers. */
export const requests = {
  'app.info': {
    input: nothing,
    output: z.object({ version: z.string(), shell: z.enum(['electron', 'web']) }),
  },
  /** Files that were handed to Relume outside its window and not taken yet: absolute paths. */
  'app.arrived': { input: nothing, output: z.object({ paths: z.array(z.string()) }) },
  ...modelRequests,
  /** Opens files and the pictures directly inside folders. One bad file never stops the rest. */
  'pictures.open': { input: z.object({ paths: z.array(z.string()) }), output: opened },
  'pictures.sample': { input: nothing, output: opened },
  /** Files that were opened last and are still there, the latest first. */
  'pictures.recent': { input: nothing, output: z.array(z.string()) },
  'pictures.forgetRecent': { input: nothing, output: nothing },
  'pictures.close': { input: z.object({ picture: z.string() }), output: nothing },
  /**
   * The samples of one pixel in the file's own numbers (0..255, or 0..65535). With a layer, the pixel is one of
   * the layer's, which may be larger than the picture, and `before` is what lies there in the picture.
   */
  'pictures.pixel': {
    input: z.object({
      picture: z.string(),
      layer: z.string().optional(),
      /** Whether those of the preview's detail layer are wanted too. */
      detail: z.boolean().optional(),
      x: z.number().int().min(0),
      y: z.number().int().min(0),
    }),
    output: z.object({
      before: z.array(z.number()),
      /** What an enlarged result is mixed with; absent where that is `before`. */
      base: z.array(z.number()).optional(),
      after: z.array(z.number()).optional(),
      detailed: z.array(z.number()).optional(),
    }),
  },
  /**
   * How close a picture, and a preview of it blended, are to a reference file of the same size. With
   * a preview that is larger, the reference has its size, and the picture is enlarged by Lanczos resampling.
   */
  'pictures.measure': {
    input: blendSchema.extend({
      picture: z.string(),
      layer: z.string().optional(),
      reference: z.string(),
    }),
    output: z.object({ before: closenessSchema, after: closenessSchema.optional() }),
  },
  /** Starts the network on an open picture; its pixels are served under the job's id as layer. */
  'restore.preview': { input: restorationSchema, output: jobRef },
  /** Tells what part of a running preview is looked at: it is done first. */
  'restore.look': { input: jobRef.extend({ part: partSchema }), output: nothing },
  /** Writes a copy beside the source; never overwrites. */
  'restore.save': { input: restorationSchema.extend(saveOptionsSchema.shape), output: jobRef },
  'jobs.list': { input: nothing, output: queueSchema },
  'jobs.cancel': { input: jobRef, output: nothing },
  /** Puts a save that failed or was cancelled at the end of the queue. */
  'jobs.retry': { input: jobRef, output: nothing },
  /** Moves a waiting save so many places earlier (negative) or later. */
  'jobs.move': { input: jobRef.extend({ places: z.number().int() }), output: nothing },
  /** Whether further saves are begun; the one in work is finished. */
  'jobs.pause': { input: z.object({ paused: z.boolean() }), output: nothing },
  /** Forgets the saves that came to an end. */
  'jobs.clear': { input: nothing, output: nothing },
  /** Writes what became of the saves, as text and as JSON beside it; answers the path of the text. */
  'jobs.report': { input: nothing, output: z.object({ path: z.string() }) },
  ...presetRequests,
  ...deviceRequests,
  ...trainRequests(deviceIdSchema),
  ...generateRequests,
  ...generatorRunRequests(deviceIdSchema),
  ...spaceRequests,
} as const;

/** Every event: what it carries. */
export const events = {
  /** There are files to be asked for by `app.arrived`. */
  arrived: nothing,
  job: jobSchema,
  /** The order of the saves or the pause has changed, or jobs were forgotten. */
  queue: queueSchema,
  ...deviceEvents,
  ...trainEvents,
  ...generatorRunEvents,
} as const;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type RequestInput<K extends RequestName> = z.infer<Requests[K]['input']>;
export type RequestOutput<K extends RequestName> = z.infer<Requests[K]['output']>;
export type EventName = keyof typeof events;
export type EventPayload<K extends EventName> = z.infer<(typeof events)[K]>;

export type Picture = z.infer<typeof pictureSchema>;
export type Job = z.infer<typeof jobSchema>;
export type Queue = z.infer<typeof queueSchema>;
export type TileGrid = z.infer<typeof tileGridSchema>;
export type Part = z.infer<typeof partSchema>;
export type Closeness = z.infer<typeof closenessSchema>;

/** An error as it crosses a process or a shell: a stable code and one sentence for the person. */
export const failureSchema = z.object({ code: z.string(), message: z.string() });
export type Failure = z.infer<typeof failureSchema>;

/** Side of a display tile, in display pixels. */
export const displayTile = 512;

/**
 * Path of a display tile below the shell's origin: PNG, with the picture's ICC profile.
 *
 * @param layer 'source', the id of a preview job, or the {@link detailLayer} of one
 * @param level 0 is full size, each further level halves
 */
export function pixelsPath(picture: string, layer: string, level: number, x: number, y: number): string {
  return `/pixels/${picture}/${layer}/${level}/${x}/${y}`;
}

/** What each shell offers the window. */
export interface RelumeClient {
  /** Answers, or rejects with a {@link Failure}: plain data, because Electron's bridge drops an Error's code. */
  call<K extends RequestName>(name: K, input: RequestInput<K>): Promise<RequestOutput<K>>;
  /** Listens to an event; returns the function that stops it. */
  on<K extends EventName>(name: K, listener: (payload: EventPayload<K>) => void): () => void;
  /**
   * Paths of files that were dropped, chosen or pasted: known under Electron where they lie on disk, sent to
   * the server by the web shell.
   * Rejects with a {@link Failure}, e.g. 'too-large'.
   */
  pathsOf(files: readonly File[]): Promise<string[]>;
  /** Whether it knows the paths of dropped folders too; a browser tells a page of the files in them alone. */
  readonly takesFolders: boolean;
  /** Full address of a pixels path. */
  pixels(path: string): string;
  /**
   * Begins to drag a written file out of the window. Where the shell does so itself, as Electron, nothing is
   * answered and the page's own drag is to be prevented; else the address that the browser downloads from.
   */
  dragOut(path: string): string | undefined;
  /** Brings a written file to the person: shown in its folder (Electron) or downloaded (web). */
  reveal(path: string): Promise<void>;
}
