/** What no page may do: leave, open windows, ask for permissions but to notify, reach the network. */
import { app, session, type WebContents } from 'electron';
import { isOwnPage } from './origin.ts';

const network = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'];

export function setupLockdown(): void {
  app.on('web-contents-created', (_, contents) => lock(contents));
  // What is checked at once and what is asked for are answered alike, or the one would undo the other.
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(isGranted(permission, requestingUrl)),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) =>
    isGranted(permission, origin),
  );
  session.defaultSession.webRequest.onBeforeRequest({ urls: network }, (_, answer) =>
    answer({ cancel: true }),
  );
}

/** Our own page may say that a batch is done; nothing else. */
function isGranted(permission: string, address: string): boolean {
  return permission === 'notifications' && isOwnPage(address);
}

function lock(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
