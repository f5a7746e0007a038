/** The contract over Electron's IPC: what the sandboxed window sees of the rest. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type {
  EventName,
  EventPayload,
  Failure,
  RelumeClient,
  RequestName,
  RequestOutput,
} from './contract.ts';

/** A request's answer as main sends it; IPC would drop an Error's code. */
type Answer<K extends RequestName> =
  | { readonly ok: true; readonly output: RequestOutput<K> }
  | { readonly ok: false; readonly failure: Failure };

type Received =
  | { readonly ok: true; readonly output: string }
  | { readonly ok: false; readonly failure: Failure };

const client: RelumeClient = {
  call: async (name, input) => {
    const answer: Answer<typeof name> = await ipcRenderer.invoke('relume:call', name, input);
    if (!answer.ok) throw answer.failure;
    return answer.output;
  },
  on: <K extends EventName>(name: K, listener: (payload: EventPayload<K>) => void) => {
    const receive = (_: unknown, payload: EventPayload<K>) => listener(payload);
    ipcRenderer.on(`relume:event:${name}`, receive);
    return () => ipcRenderer.off(`relume:event:${name}`, receive);
  },
  pathsOf: (files) => Promise.all(files.map(pathOf)),
  takesFolders: true,
  pixels: (path) => path,
  dragOut: (path) => {
    ipcRenderer.send('relume:drag', path);
    return undefined;
  },
  reveal: (path) => ipcRenderer.invoke('relume:reveal', path),
};

/** What lies on no disk, as a pasted picture, is handed over with its bytes. */
async function pathOf(file: File): Promise<string> {
  const path = webUtils.getPathForFile(file);
  if (path !== '') return path;
  const answer: Received = await ipcRenderer.invoke('relume:receive', file.name, await file.arrayBuffer());
  if (!answer.ok) throw answer.failure;
  return answer.output;
}

contextBridge.exposeInMainWorld('relume', client);
