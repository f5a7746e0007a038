/** Entry of the Electron application. */
import { app } from 'electron';
import { createApi } from './api/api.ts';
import { ComputeHost } from './compute/host.ts';
import { computeEntry, rendererFolder, uploadsFolder } from './library/paths.ts';
import { setupBrowserFolder } from './shell/electron/browser-folder.ts';
import { forkElectron } from './shell/electron/fork.ts';
import { setupIdentity } from './shell/electron/identity.ts';
import { setupIpc } from './shell/electron/ipc.ts';
import { setupLockdown } from './shell/electron/lockdown.ts';
import { setupMenu } from './shell/electron/menu.ts';
import { handedOver, setupOpenedFiles } from './shell/electron/opened-files.ts';
import { setupProtocol, setupScheme } from './shell/electron/protocol.ts';
import { setupSecondInstance, setupWindow } from './shell/electron/window.ts';
import { Uploads } from './shell/uploads.ts';

/** Files that came before there was anything to take them. */
const early: string[] = [];
let takeFiles = (paths: string[]): void => void early.push(...paths);

setupBrowserFolder();
setupIdentity();

if (app.requestSingleInstanceLock(handedOver())) {
  setupScheme();
  setupSecondInstance((paths) => takeFiles(paths));
  setupOpenedFiles((paths) => takeFiles(paths));
  void app.whenReady().then(start);
} else {
  app.quit();
}

function start(): void {
  const compute = new ComputeHost(forkElectron(computeEntry));
  const training = new ComputeHost(forkElectron(computeEntry));
  const api = createApi({ shell: 'electron', compute, training });
  takeFiles = (paths) => api.arrive(paths);
  takeFiles(early);
  const uploads = new Uploads(uploadsFolder());
  void uploads.clearStale();
  app.on('will-quit', () => {
    void api.close();
    compute.stop();
    training.stop();
    void uploads.clear();
  });
  setupLockdown();
  setupProtocol(api, rendererFolder);
  setupIpc(api, uploads);
  setupMenu();
  setupWindow(() => api.busy);
}
