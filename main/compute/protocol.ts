/**
 * The messages between main and the compute process, and the methods that it offers.
 *
 * Every call has an id; answers, progress and errors carry it back. Everything is plain data
 * (structured clone), so the same protocol runs over `child_process` and `utilityProcess`.
 */
import type {
  Blend,
  Convention,
  Device,
  DeviceId,
  Failure,
  ImportOptions,
  LookSide,
  ModelCard,
  Part,
  RequestInput,
  RequestOutput,
  SaveOptions,
  TileGrid,
} from '../../preload/contract.ts';
import type { Measuring } from '../devices/devices.ts';
import type { GenerateAnswer } from '../generate/answers.ts';
import type { DrawParams } from '../generate/drawing.ts';
import type { Look, LookParams } from '../generate/look-at.ts';
import type { GenerateRequest } from '../generate/request.ts';
import type { SaveDrawnParams } from '../generate/save-drawn.ts';
import type { GeneratorProgress, GeneratorRequest, GeneratorResult } from '../generate/train.ts';
import type { TargetSize } from '../restore/finish.ts';
import type { ScanProgress, ScanResult } from '../train/dataset/scan.ts';
import type { Comparison, Evaluation } from '../train/evaluate.ts';
import type { FoundPairs } from '../train/pairs/find-pairs.ts';
import type { AddedDamage } from '../train/shown-damage.ts';
import type { Trained, TrainOptions, TrainProgress } from '../train/train.ts';
import type { SpaceMethods } from './space-methods.ts';

/** What is known of a picture after it was decoded. Sizes are after orientation is applied. */
export interface PictureFacts {
  readonly width: number;
  readonly height: number;
  readonly depth: 8 | 16;
  readonly format: string;
  /** Estimated noise, 8-bit levels. */
  readonly sigma: number;
  /** What the person should know, e.g. that only the first picture of an animation was read. */
  readonly note?: string;
}

/** Progress of a network run over a picture. */
export interface TileProgress {
  /** Share done, 0..1. */
  readonly progress: number;
  readonly device: string;
  /** What can be shown of the result. */
  readonly tiles?: TileGrid;
  /** Level of reduction from which on a quick look at the whole can be shown around it. */
  readonly quick?: number;
}

/** One network of a restoration. */
export interface ChainStep {
  readonly model: string;
  /** Noise level told to a denoiser, 8-bit levels; 'estimate' takes the picture's own. */
  readonly sigma?: number | 'estimate' | undefined;
}

export interface RestoreParams {
  readonly path: string;
  /** One after the other, at least one. */
  readonly chain: readonly ChainStep[];
  readonly device: DeviceId;
}

export interface SaveTarget {
  /** Exactly this file, or numbered beside the source when absent. */
  readonly output?: string | undefined;
  /** Folder for the result when no exact file is named; the source's own by default. */
  readonly folder?: string | undefined;
}

export interface SaveReport {
  readonly output: string;
  readonly width: number;
  readonly height: number;
  /** The noise level that a denoiser was told; absent where none was. */
  readonly sigma?: number;
  readonly device: string;
  readonly seconds: {
    readonly decode: number;
    readonly network: number;
    readonly encode: number;
    readonly total: number;
  };
  /** Largest memory of the compute process since it started. */
  readonly peakMemoryMB: number;
  /** What the person should know of the source, as in `PictureFacts`. */
  readonly note?: string;
}

/** What was found out about an ONNX file from elsewhere. */
export interface ProbedModel {
  /** Absent where it is made as Relume's own are. */
  readonly convention?: Convention;
  readonly scale: number;
  /** Whether it is told a noise level. */
  readonly told: boolean;
  readonly parameters: number;
  readonly sha256: string;
  /** What the file says of itself, when it was shared from another Relume. */
  readonly card?: ModelCard;
}

interface TileParams {
  readonly path: string;
  /** 'source', the layer given to `preview`, or the detail layer of that. */
  readonly layer: string;
  readonly level: number;
  readonly x: number;
  readonly y: number;
}

export interface EvaluateParams extends Evaluation {
  readonly model: string;
  readonly device: DeviceId;
}

/** Every method: what it takes, answers, and reports on the way. */
export interface ComputeMethods extends SpaceMethods {
  /** Lists devices; progress is the list before they are measured, where that is needed. */
  devices: { params: { measure?: Measuring }; result: Device[]; progress: Device[] };
  open: { params: { path: string }; result: PictureFacts; progress: never };
  close: { params: { path: string }; result: null; progress: never };
  tile: { params: TileParams; result: Uint8Array; progress: never };
  pixel: {
    params: {
      path: string;
      layer?: string | undefined;
      detail?: boolean | undefined;
      x: number;
      y: number;
    };
    result: RequestOutput<'pictures.pixel'>;
    progress: never;
  };
  measure: {
    params: Blend & { path: string; layer?: string | undefined; reference: string };
    result: RequestOutput<'pictures.measure'>;
    progress: never;
  };
  preview: {
    params: RestoreParams & { layer: string };
    result: { device: string; note?: string };
    progress: TileProgress;
  };
  /** What is looked at of a running preview, whose tiles are done in that order. */
  look: { params: { layer: string; part: Part }; result: null; progress: never };
  /** Uses what previews of the same picture have made with the same steps. */
  save: {
    params: RestoreParams & SaveOptions & SaveTarget & { size?: TargetSize | undefined };
    result: SaveReport;
    progress: TileProgress;
  };
  /** Finds out how an ONNX file takes pictures. */
  probe: {
    params: { path: string } & Pick<ImportOptions, 'order' | 'range'>;
    result: ProbedModel;
    progress: never;
  };
  /** What a model makes of a piece of the sample, and that piece: PNG. */
  modelLook: { params: { model: string }; result: Record<LookSide, Uint8Array>; progress: never };
  /** Writes a model with its card into one new file. */
  exportModel: { params: { path: string; card: ModelCard; output: string }; result: null; progress: never };
  train: { params: TrainOptions; result: Trained; progress: TrainProgress };
  trainGenerator: { params: GeneratorRequest; result: GeneratorResult; progress: GeneratorProgress };
  /** Asks a generator for samples, grids, maps and the like, written as files. */
  generate: { params: GenerateRequest; result: GenerateAnswer; progress: never };
  /** What a generator makes of codes: PNG. */
  draw: { params: DrawParams; result: Uint8Array; progress: never };
  /** One picture of a generator, enlarged by a model of Restore: PNG. */
  drawEnlarged: {
    params: { model: string; code: number[]; label?: number; enlarge: string };
    result: Uint8Array;
    progress: never;
  };
  /** Writes what a generator draws as PNG files; returns their paths. */
  saveDrawn: { params: SaveDrawnParams; result: string[]; progress: never };
  /** Thumbnail of a training picture: PNG. */
  learntPicture: { params: { model: string; index: number }; result: Uint8Array; progress: never };
  sample: {
    params: RequestInput<'generate.sample'>;
    result: RequestOutput<'generate.sample'>;
    progress: never;
  };
  /** What a generator makes of a picture. */
  lookAt: { params: LookParams; result: Look; progress: never };
  drawnNovelty: {
    params: RequestInput<'generate.novelty'>;
    result: RequestOutput<'generate.novelty'>;
    progress: never;
  };
  /** Looks at every picture of files and folders; `cache` is the folder of earlier looks. */
  scan: {
    params: { paths: readonly string[]; cache: string };
    result: ScanResult;
    progress: ScanProgress;
  };
  /** Finds the noisy partners of clean pictures among files and folders. */
  pair: {
    params: { clean: readonly string[]; noisy: readonly string[] };
    result: FoundPairs;
    progress: { share: number };
  };
  thumbnail: { params: { path: string; side: number }; result: Uint8Array; progress: never };
  /** The middle of a picture as it is, at full size: PNG. */
  middle: { params: { path: string }; result: Uint8Array; progress: never };
  /** The same, as training would damage it, or without. */
  damage: {
    params: { path: string; damage: AddedDamage; strength: number; layer: 'seen' | 'clean' };
    result: Uint8Array;
    progress: never;
  };
  evaluate: {
    params: EvaluateParams;
    result: Comparison;
    progress: { progress: number };
  };
}

export type MethodName = keyof ComputeMethods;

/** A call of one method. */
export interface MethodCall<K extends MethodName> {
  kind: 'call';
  id: number;
  method: K;
  params: ComputeMethods[K]['params'];
}

/** Messages into the compute process. */
export type Call = { [K in MethodName]: MethodCall<K> }[MethodName] | { kind: 'cancel'; id: number };

/** Messages out of it. */
export type Reply =
  | { kind: 'result'; id: number; result: unknown }
  | { kind: 'failure'; id: number; failure: Failure }
  | { kind: 'progress'; id: number; progress: unknown };

/** How a method is written inside the compute process. */
type Handler<K extends MethodName> = (
  params: ComputeMethods[K]['params'],
  context: {
    readonly signal: AbortSignal;
    readonly progress: (value: ComputeMethods[K]['progress']) => void;
  },
) => Promise<ComputeMethods[K]['result']>;

/** A message and the way it goes, seen from inside the compute process. */
export interface Channel {
  send(reply: Reply): void;
  onMessage(listener: (call: Call) => void): void;
}

export type Handlers = { readonly [K in MethodName]: Handler<K> };
