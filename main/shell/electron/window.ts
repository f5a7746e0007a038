/** The application's window. */
import { app, BrowserWindow, dialog } from 'electron';
import { preloadScript } from '../../library/paths.ts';
import { filesOfStart } from './opened-files.ts';
import { startPage } from './origin.ts';

/** The dark theme's background, so that nothing flashes before the page is there. */
const background = '#161616';

/** @param busy whether there is work that would be given up with the application */
export function setupWindow(busy: () => boolean): void {
  // On macOS an application goes on without a window.
  if (process.platform === 'darwin') app.on('before-quit', (event) => askIf(busy(), event));
  else app.on('browser-window-created', (_, window) => window.on('close', (event) => askIf(busy(), event)));
  openWindow();
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

/** Leaves the application as it is when the person would rather wait for its work. */
function askIf(busy: boolean, event: { preventDefault(): void }): void {
  if (!busy) return;
  const chosen = dialog.showMessageBoxSync({
    type: 'question',
    message: 'Relume is still at work.',
    detail:
      'Copies that are not saved yet are saved the next time. A training goes on from where it was by Resume.',
    buttons: ['Keep working', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  });
  if (chosen === 0) event.preventDefault();
}

/** Brings the window to the front when Relume is started a second time, with the files that were named then. */
export function setupSecondInstance(onFiles: (paths: string[]) => void): void {
  app.on('second-instance', (_event, _argv, _folder, data) => {
    onFiles(filesOfStart(data));
    const [window] = BrowserWindow.getAllWindows();
    // On macOS Relume runs on without a window.
    if (!window) openWindow();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
}

function openWindow(): void {
  const window = new BrowserWindow({
    width: 1280,
    height: 832,
    minWidth: 1024,
    minHeight: 700,
    backgroundColor: background,
    title: 'Relume',
    show: false,
    webPreferences: {
      preload: preloadScript,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(startPage);
}
