/** A stand-in for everything behind the contract, put into the page before the window starts. */
import type {
  Device,
  EventName,
  Job,
  ListedModel,
  ModelCard,
  Picture,
  Preset,
  Queue,
  RelumeClient,
  RequestInput,
  RequestName,
  Restoration,
  Settings,
} from '../../preload/contract.ts';

export interface FakeSetup {
  /** Pictures that can be opened by name; the first is the sample. */
  pictures: Picture[];
  shell: 'electron' | 'web';
  /** How long the network takes for a picture, ms. */
  networkTime: number;
  devices: string[];
  /** Requests that are never answered. */
  silent?: RequestName[];
  /** What is known of them; that they work, by default. */
  deviceRows?: Device[];
  /** Names of the models; one by default. */
  models?: string[];
  /** What further models do; none by default. */
  others?: { task: 'artefacts' | 'upscale'; scale: number }[];
  /** How long each request to open files takes, ms; none by default. */
  openTime?: number;
  /** Id of a picture that all others look like; each has its own pixels by default. */
  pixelsOf?: string;
  /** None by default. */
  presets?: Preset[];
  /** Files that were opened before; none by default. */
  recent?: string[];
  /** Files that Relume was started with; none by default. */
  arrived?: string[];
  /** Models as they are listed, in place of those. */
  shelf?: ListedModel[];
}

export interface FakeCall {
  name: RequestName;
  input: unknown;
}

declare global {
  interface Window {
    /** Every request the window has made. */
    calls: FakeCall[];
    /** Files the window has asked to show. */
    revealed: string[];
    /** Files the window has begun to drag out. */
    draggedOut: string[];
    /** Files that are handed over from outside, until the window takes them. */
    arrived: string[];
    /** Tells the window that there are such. */
    arrive: () => void;
    /** Sets how a save ends. */
    failSaves: string | undefined;
  }
}

/** Sets `window.relume`. Runs inside the page, so it uses nothing from outside itself. */
export function installFakeClient(setup: FakeSetup): void {
  const steps = 12;
  const listeners = new Set<(job: Job) => void>();
  const queueListeners = new Set<(queue: Queue) => void>();
  const jobs = new Map<string, Job>();
  let paused = false;
  window.calls = [];
  window.revealed = [];
  window.draggedOut = [];
  window.arrived = [...(setup.arrived ?? [])];
  const arrivalListeners = new Set<() => void>();
  window.arrive = () => {
    for (const listener of arrivalListeners) listener();
  };

  const tell = (job: Job) => {
    jobs.set(job.id, job);
    for (const listener of listeners) listener({ ...job });
  };

  const tellQueue = () => {
    for (const listener of queueListeners) listener({ paused, jobs: [...jobs.values()] });
  };

  const advance = (id: string, step: number) => {
    const job = jobs.get(id);
    const picture = setup.pictures.find((known) => known.id === job?.picture);
    if (!job || !picture || job.state === 'cancelled') return;
    const progress = step / steps;
    const running: Job = {
      ...job,
      state: 'running',
      progress,
      ...(job.kind === 'preview' && { tiles: tilesOf(picture, scaleOf(id), step) }),
      secondsLeft: (setup.networkTime / 1000) * (1 - progress),
      device: setup.devices[0],
    };
    if (step < steps) {
      tell(running);
      setTimeout(() => advance(id, step + 1), setup.networkTime / steps);
    } else finish(running, picture);
  };

  const finish = (job: Job, picture: Picture) => {
    const { secondsLeft: _, ...rest } = job;
    if (job.kind === 'preview') tell({ ...rest, state: 'done' });
    else if (window.failSaves) tell({ ...rest, state: 'failed', reason: window.failSaves });
    else
      tell({
        ...rest,
        state: 'done',
        seconds: setup.networkTime / 1000,
        output: picture.path.replace(/\.(\w+)$/, '-denoised.$1'),
      });
  };

  /** The server makes the layers of enlarging jobs larger by what their names end with. */
  const scaleOf = (id: string) => Number(/-(\d)x$/.exec(id)?.[1] ?? 1);

  /** As many rows of tiles as there are steps. */
  const tilesOf = ({ width, height }: Picture, scale: number, step: number) => ({
    right: [width * scale],
    bottom: Array.from({ length: steps }, (_, i) => Math.round((height * scale * (i + 1)) / steps)),
    done: Array.from({ length: steps }, (_, i) => i < step),
  });

  const begin = (kind: Job['kind'], { picture, chain }: Restoration) => {
    const file = setup.pictures.find(({ id }) => id === picture)?.path ?? '';
    const last = /(-\dx)$/.exec(chain.at(-1)?.model ?? '')?.[1];
    const id = `${kind}-${jobs.size + 1}${last === '-1x' ? '' : (last ?? '')}`;
    tell({ id, kind, picture, file, state: 'queued', progress: 0 });
    setTimeout(() => advance(id, 0), 10);
    return { job: id };
  };

  const open = (paths: string[]) => ({
    pictures: setup.pictures.filter((picture) => paths.some((path) => path.endsWith(picture.name))),
    refused: paths
      .filter((path) => !setup.pictures.some((picture) => path.endsWith(picture.name)))
      .map((path) => ({ path, reason: `${path.split('/').at(-1)} is not a picture that can be read.` })),
  });

  const model: ModelCard = {
    id: 'denoise-color-1',
    name: 'Relume Denoise 1',
    task: 'denoise',
    scale: 1,
    summary: 'Photographs with sensor noise',
    licence: 'MIT',
    data: '',
    sigmaMax: 75,
    steps: 1,
    pixels: 1,
    parameters: 1,
    kMacPerPixel: 1,
    scores: [],
    sha256: '',
  };

  let recent = setup.recent ?? [];
  const shelf: ListedModel[] = [...(setup.shelf ?? [])];

  const devices: Device[] = setup.devices.map((name, index) => ({
    id: index === 0 ? 'cpu' : 'webgpu',
    name,
    available: true,
    precision: 'float32',
    fastestFor: [],
    verdict: 'Works.',
  }));
  const settingsListeners = new Set<(settings: Settings) => void>();
  let settings: Settings = { device: 'auto', threads: 0, stayResponsive: true };

  // What is not here is not asked for in Restore.
  const answers: { [K in RequestName]?: (input: RequestInput<K>) => unknown } = {
    'app.info': () => ({ version: '0', shell: setup.shell }),
    'devices.list': () => setup.deviceRows ?? devices,
    'devices.measure': () => setup.deviceRows ?? devices,
    'settings.get': () => settings,
    'settings.set': (change) => {
      settings = { ...settings, ...change } as Settings;
      for (const listener of settingsListeners) listener(settings);
      return settings;
    },
    'engines.tensorflow': () => ({ works: false, message: 'No NVIDIA GPU was found.' }),
    'presets.list': () => setup.presets ?? [],
    'presets.set': ({ presets }) => presets,
    'models.shelf': () => ({ models: [...shelf], refused: [] }),
    'models.import': ({ path, name }) => {
      if (path.includes('broken')) throw { code: 'not-a-model', message: `${path} is no ONNX model.` };
      const added: ListedModel = {
        ...model,
        id: 'added',
        name: name ?? 'Added',
        origin: 'imported',
        bytes: 9e6,
        source: 'not stated',
      };
      shelf.push(added);
      return added;
    },
    'models.export': ({ model: id }) => ({ path: `/results/${id}.onnx` }),
    'models.remove': ({ model: id }) => {
      shelf.splice(
        shelf.findIndex((each) => each.id === id),
        1,
      );
      return {};
    },
    'models.list': () =>
      setup.shelf
        ? [...shelf]
        : [
            ...(setup.models ?? [model.name]).map((name, index) => ({
              ...model,
              name,
              id: index === 0 ? model.id : `model-${index + 1}`,
            })),
            ...(setup.others ?? []).map((other) => ({
              ...model,
              ...other,
              id: `${other.task}-${other.scale}x`,
            })),
          ],
    'pictures.open': async ({ paths }) => {
      if (setup.openTime) await new Promise((resolve) => setTimeout(resolve, setup.openTime));
      return open(paths);
    },
    'pictures.sample': () => ({ pictures: setup.pictures.slice(0, 1), refused: [] }),
    'pictures.close': () => ({}),
    'pictures.recent': () => recent,
    'pictures.forgetRecent': () => {
      recent = [];
      return {};
    },
    'app.arrived': () => ({ paths: window.arrived.splice(0) }),
    'pictures.pixel': ({ x, y, layer }) => ({
      before: [x % 256, y % 256, 128],
      ...(layer !== undefined && { after: [x % 256, y % 256, 28] }),
    }),
    'pictures.measure': ({ layer, reference }) => {
      if (reference.endsWith('tiny.png')) throw { code: 'unsupported', message: 'tiny.png is 8 × 8.' };
      return {
        before: { psnr: 28.914, ssim: 0.71236 },
        ...(layer !== undefined && { after: { psnr: 35.5, ssim: 0.95 } }),
      };
    },
    'restore.preview': (wishes) => begin('preview', wishes),
    'restore.look': () => ({}),
    'restore.save': (wishes) => begin('save', wishes),
    'jobs.list': () => ({ paused, jobs: [...jobs.values()] }),
    'jobs.pause': (input) => {
      paused = input.paused;
      tellQueue();
      return {};
    },
    'jobs.retry': ({ job: id }) => {
      const job = jobs.get(id);
      if (job) {
        const { reason: _, ...fresh } = job;
        tell({ ...fresh, state: 'queued', progress: 0 });
        setTimeout(() => advance(id, 0), 10);
      }
      return {};
    },
    'jobs.move': () => ({}),
    'jobs.clear': () => {
      for (const [id, { kind, state }] of jobs)
        if (kind === 'save' && state !== 'queued' && state !== 'running') jobs.delete(id);
      tellQueue();
      return {};
    },
    'jobs.report': () => ({ path: '/reports/report.txt' }),
    'jobs.cancel': ({ job: id }) => {
      const job = jobs.get(id);
      if (job && job.state !== 'done') tell({ ...job, state: 'cancelled' });
      return {};
    },
  };

  const heard: Partial<Record<EventName, Set<unknown>>> = {
    job: listeners,
    queue: queueListeners,
    arrived: arrivalListeners,
    settings: settingsListeners,
  };
  const client: RelumeClient = {
    async call(name, input) {
      window.calls.push({ name, input: structuredClone(input) });
      if (setup.silent?.includes(name)) return new Promise(() => undefined);
      // The map's value for a name takes that name's input and gives its answer.
      return answers[name]?.(input) as never;
    },
    on(name, listener) {
      const known = heard[name];
      known?.add(listener);
      return () => known?.delete(listener);
    },
    takesFolders: false,
    pathsOf: async (files) => files.map((file) => `/photos/${file.name}`),
    pixels: (path) =>
      setup.pixelsOf === undefined ? path : path.replace(/^\/pixels\/p\d+\//, `/pixels/${setup.pixelsOf}/`),
    dragOut: (path) => {
      window.draggedOut.push(path);
      return setup.shell === 'web' ? `/download?path=${path}` : undefined;
    },
    reveal: async (path) => void window.revealed.push(path),
  };
  window.relume = client;
}
