/** Who the application is to the system. */
import { app } from 'electron';

/** As electron-builder.yml names it to the installer, which gives it to the entry in the Start menu. */
const appId = 'app.relume.Relume';

/** Windows shows notifications only of an application whose entry in the Start menu has the same name. */
export function setupIdentity(): void {
  if (process.platform === 'win32') app.setAppUserModelId(appId);
}
