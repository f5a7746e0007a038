/** The contract over IPC: only our own page is heard, and every payload is parsed before it is used. */
import { BrowserWindow, type IpcMainInvokeEvent, ipcMain, shell } from 'electron';
import type { Failure } from '../../../preload/contract.ts';
import type { Api } from '../../api/api.ts';
import { RelumeError, toFailure } from '../../library/failure.ts';
import { isOwnPage } from './origin.ts';

type Answer = { ok: true; output: unknown } | { ok: false; failure: Failure };

export function setupIpc(api: Api): void {
  ipcMain.handle('relume:call', (event, name: unknown, input: unknown): Promise<Answer> => {
    checkSender(event);
    return call(api, name, input);
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

async function call(api: Api, name: unknown, input: unknown): Promise<Answer> {
  try {
    return { ok: true, output: await api.call(typeof name === 'string' ? name : '', input) };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}

/** @throws {RelumeError} 'wrong-sender' unless the message came from the top frame of our own page */
function checkSender({ sender, senderFrame }: IpcMainInvokeEvent): void {
  if (senderFrame && senderFrame === sender.mainFrame && isOwnPage(senderFrame.url)) return;
  throw new RelumeError({ code: 'wrong-sender', message: 'Only the window of Relume may ask this.' });
}
