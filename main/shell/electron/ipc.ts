/** The contract over IPC: only our own page is heard, and every payload is parsed before it is used. */
import { Readable } from 'node:stream';
import { app, BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, shell } from 'electron';
import type { Failure } from '../../../preload/contract.ts';
import type { Api } from '../../api/api.ts';
import { RelumeError, toFailure } from '../../library/failure.ts';
import type { Uploads } from '../uploads.ts';
import { isOwnPage } from './origin.ts';

type Answer = { ok: true; output: unknown } | { ok: false; failure: Failure };

/** @param uploads keeps what the window has and no disk, as pasted pictures */
export function setupIpc(api: Api, uploads: Uploads): void {
  ipcMain.handle('relume:call', (event, name: unknown, input: unknown): Promise<Answer> => {
    checkSender(event);
    return answer(() => api.call(typeof name === 'string' ? name : '', input));
  });
  ipcMain.handle('relume:receive', (event, name: unknown, bytes: unknown): Promise<Answer> => {
    checkSender(event);
    return answer(() => uploads.receive(...namedBytes(name, bytes)));
  });
  ipcMain.on('relume:drag', (event, path: unknown) => {
    checkSender(event);
    if (typeof path === 'string' && api.isOutput(path)) void startDrag(event, path);
  });
  ipcMain.handle('relume:reveal', (event, path: unknown) => {
    checkSender(event);
    if (typeof path === 'string' && api.isOutput(path)) shell.showItemInFolder(path);
  });
  api.onAny((name, payload) => {
    for (const window of BrowserWindow.getAllWindows()) {
      window.webContents.send(`relume:event:${name}`, payload);
    }
  });
}

async function answer(work: () => Promise<unknown>): Promise<Answer> {
  try {
    return { ok: true, output: await work() };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}

/** @throws {RelumeError} 'bad-request' */
function namedBytes(name: unknown, bytes: unknown): [string, AsyncIterable<Uint8Array>] {
  if (typeof name === 'string' && bytes instanceof ArrayBuffer)
    return [name, Readable.from([new Uint8Array(bytes)])];
  throw new RelumeError({ code: 'bad-request', message: 'Expected the name and the bytes of a file.' });
}

/** The system shows its own icon of such files beside the pointer. */
async function startDrag({ sender }: IpcMainEvent, file: string): Promise<void> {
  const icon = await app.getFileIcon(file);
  sender.startDrag({ file, icon });
}

/** @throws {RelumeError} 'wrong-sender' unless the message came from the top frame of our own page */
function checkSender({ sender, senderFrame }: IpcMainInvokeEvent | IpcMainEvent): void {
  if (senderFrame && senderFrame === sender.mainFrame && isOwnPage(senderFrame.url)) return;
  throw new RelumeError({ code: 'wrong-sender', message: 'Only the window of Relume may ask this.' });
}
