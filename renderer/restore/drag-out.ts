import type { RelumeClient } from '../../preload/contract.ts';
import { nameOf } from '../design/path-parts.ts';

/** Drags a written file out of the window, into a folder or another program. */
export function dragOut(event: DragEvent, client: RelumeClient, path: string): void {
  const address = client.dragOut(path);
  if (address === undefined) event.preventDefault();
  else {
    const name = nameOf(path);
    // Understood by Chromium alone: MIME type, name and address of what is downloaded where it is dropped.
    event.dataTransfer?.setData('DownloadURL', `application/octet-stream:${name}:${address}`);
  }
}
