/** The contract, implemented once for both shells. */
import { z } from 'zod';
import {
  type EventName,
  type EventPayload,
  events,
  type RequestInput,
  type RequestName,
  type RequestOutput,
  requests,
} from '../../preload/contract.ts';
import type { ComputeHost } from '../compute/host.ts';
import { readGeneratorRuns } from '../generate/run-summary.ts';
import { JobQueue } from '../jobs/queue.ts';
import { RelumeError } from '../library/failure.ts';
import { readRuns } from '../train/run-summary.ts';
import { appAnswers } from './app.ts';
import { Arrivals, arrivalAnswers } from './arrivals.ts';
import type { Answers, ApiContext } from './context.ts';
import { DeviceList, deviceAnswers } from './devices.ts';
import { engineAnswers } from './engines.ts';
import { generateAnswers } from './generate.ts';
import { spaceAnswers } from './generate-space.ts';
import { generatorRunAnswers } from './generator-runs.ts';
import { jobAnswers } from './jobs.ts';
import { ModelLooks } from './model-looks.ts';
import { modelAnswers } from './models.ts';
import { OpenPictures } from './open-pictures.ts';
import { pictureAnswers } from './pictures.ts';
import { readPixels } from './pixels.ts';
import { presetAnswers } from './presets.ts';
import { RecentFiles, recentAnswers } from './recent.ts';
import { restoreAnswers } from './restore.ts';
import { Runs } from './runs.ts';
import { Saves } from './saves.ts';
import { SeenPictures } from './seen-pictures.ts';
import { SettingsStore, settingsAnswers } from './settings.ts';
import { Collections, collectionAnswers } from './train-collections.ts';
import { isModelFile, runAnswers } from './train-runs.ts';

export interface Api {
  /**
   * Answers a request that came from a window.
   *
   * @throws {RelumeError} 'bad-request' when the name or the input is not in the contract
   */
  call(name: string, input: unknown): Promise<RequestOutput<RequestName>>;
  /** Listens to an event; returns the function that stops it. */
  on<K extends EventName>(name: K, listener: (payload: EventPayload<K>) => void): () => void;
  /** Listens to every event; returns the function that stops it. */
  onAny(listener: <K extends EventName>(name: K, payload: EventPayload<K>) => void): () => void;
  /** A display tile or a thumbnail, PNG, by its pixels path. */
  pixels(pathname: string): Promise<Uint8Array>;
  /** Hands files to the window, absolute paths; it takes them as soon as it is there. */
  arrive(paths: readonly string[]): void;
  /** Whether this run wrote this file, or it is of an own model: only such are shown or handed out. */
  isOutput(path: string): boolean;
  /** Before the compute processes are stopped: keeps what is left to do, and waits until it is on disk. */
  close(): Promise<void>;
  /** Whether a job is running or waiting, or a model is being trained. */
  readonly busy: boolean;
}

export interface ApiOptions {
  readonly shell: ApiContext['shell'];
  /** The interactive compute process. */
  readonly compute: ComputeHost;
  /** The compute process that trains, so that no preview waits for it. */
  readonly training: ComputeHost;
}

export function createApi({ shell, compute, training }: ApiOptions): Api {
  const jobs = new JobQueue();
  const saves = new Saves(compute, jobs);
  void saves.resume();
  const collections = new Collections(compute);
  const runs = new Runs(readRuns);
  const generatorRuns = new Runs(readGeneratorRuns);
  const devices = new DeviceList(compute);
  const settings = new SettingsStore();
  const pictures = new OpenPictures();
  const recent = new RecentFiles();
  const arrivals = new Arrivals();
  const written = new Set<string>();
  const context: ApiContext = {
    shell,
    compute,
    training,
    jobs,
    saves,
    pictures,
    recent,
    arrivals,
    collections,
    runs,
    generatorRuns,
    devices,
    settings,
    looks: new ModelLooks(compute),
    seen: new SeenPictures(),
    written,
  };
  const answers: Answers<RequestName> = {
    ...appAnswers(context),
    ...arrivalAnswers(context),
    ...deviceAnswers(context),
    ...engineAnswers(context),
    ...settingsAnswers(context),
    ...modelAnswers(context),
    ...presetAnswers,
    ...pictureAnswers(context),
    ...recentAnswers(context),
    ...restoreAnswers(context),
    ...jobAnswers(context),
    ...collectionAnswers(context),
    ...runAnswers(context),
    ...generateAnswers(context),
    ...generatorRunAnswers(context),
    ...spaceAnswers(context),
  };
  const listen: Listen = {
    job: (listener) => jobs.onChange(listener),
    queue: (listener) => jobs.onQueue(listener),
    arrived: (listener) => arrivals.onChange(listener),
    devices: (listener) => devices.onChange(listener),
    settings: (listener) => settings.onChange(listener),
    collection: (listener) => collections.onChange(listener),
    run: (listener) => runs.onChange(listener),
    generatorRun: (listener) => generatorRuns.onChange(listener),
  };
  return {
    call: async (name, input) => {
      if (!isRequest(name)) throw badRequest(`There is no request "${name}".`);
      return answer(answers, name, input);
    },
    on: (name, listener) => listen[name](listener),
    onAny: (listener) => {
      const stops = eventNames.map((name) => listenAny(listen, name, listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    pixels: (pathname) => readPixels(context, pathname),
    arrive: (paths) => arrivals.add(paths),
    isOutput: (path) =>
      jobs.jobs.some(({ output }) => output === path) || written.has(path) || isModelFile(path),
    close: async () => {
      await Promise.all([saves.close(), recent.flush()]);
    },
    get busy() {
      return jobs.busy || runs.busy || generatorRuns.busy;
    },
  };
}

const eventNames = Object.keys(events).filter((name): name is EventName => name in events);

function listenAny<K extends EventName>(
  listen: Listen,
  name: K,
  listener: (name: K, payload: EventPayload<K>) => void,
): () => void {
  return listen[name]((payload) => listener(name, payload));
}

/** How each event is listened to. */
type Listen = { readonly [K in EventName]: (listener: (payload: EventPayload<K>) => void) => () => void };

const isRequest = (name: string): name is RequestName => Object.hasOwn(requests, name);

const badRequest = (message: string) => new RelumeError({ code: 'bad-request', message });

function answer<K extends RequestName>(
  answers: Answers<RequestName>,
  name: K,
  input: unknown,
): Promise<RequestOutput<K>> {
  const schema: z.ZodType = requests[name].input;
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw badRequest(`${name}: ${z.prettifyError(parsed.error)}`);
  // The type of the input is inferred from this very schema.
  return answers[name](parsed.data as RequestInput<K>);
}
