/** What no page may do: leave, open windows, ask for permissions, reach the network. */
import { app, session, type WebContents } from 'electron';
import { isOwnPage } from './origin.ts';

const network = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'];

export function setupLockdown(): void {
  app.on('web-contents-created', (_, contents) => lock(contents));
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.webRequest.onBeforeRequest({ urls: network }, (_, answer) =>
    answer({ cancel: true }),
  );
}

function lock(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
