/** What the answers of the contract work with. */
import type {
  GeneratorRunSummary,
  RequestInput,
  RequestName,
  RequestOutput,
  RunSummary,
} from '../../preload/contract.ts';
import type { ComputeHost } from '../compute/host.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { Arrivals } from './arrivals.ts';
import type { DeviceList } from './devices.ts';
import type { ModelLooks } from './model-looks.ts';
import type { OpenPictures } from './open-pictures.ts';
import type { RecentFiles } from './recent.ts';
import type { Runs } from './runs.ts';
import type { Saves } from './saves.ts';
import type { SeenPictures } from './seen-pictures.ts';
import type { SettingsStore } from './settings.ts';
import type { Collections } from './train-collections.ts';

export interface ApiContext {
  readonly shell: 'electron' | 'web';
  /** The interactive compute process. */
  readonly compute: ComputeHost;
  /** The compute process that trains. */
  readonly training: ComputeHost;
  readonly jobs: JobQueue;
  readonly saves: Saves;
  readonly pictures: OpenPictures;
  readonly recent: RecentFiles;
  readonly arrivals: Arrivals;
  readonly collections: Collections;
  readonly runs: Runs<RunSummary>;
  readonly generatorRuns: Runs<GeneratorRunSummary>;
  readonly devices: DeviceList;
  readonly settings: SettingsStore;
  readonly looks: ModelLooks;
  /** Pictures that models were shown. */
  readonly seen: SeenPictures;
  /** Files that were written for the person beside those of jobs. */
  readonly written: Set<string>;
}

/** How requests are answered; their input has been parsed. */
export type Answers<K extends RequestName> = {
  readonly [N in K]: (input: RequestInput<N>) => Promise<RequestOutput<N>>;
};
