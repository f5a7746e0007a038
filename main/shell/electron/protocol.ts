/** The relume:// protocol: the window's files and its pixels, never the disk. */
import { protocol } from 'electron';
import type { Api } from '../../api/api.ts';
import { toFailure } from '../../library/failure.ts';
import { securityHeaders } from '../content-security-policy.ts';
import { windowFile } from '../window-files.ts';
import { isOwnPage, scheme } from './origin.ts';

/** Declares the scheme; must come before the application is ready. */
export function setupScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }]);
}

/** @param files folder of the built window */
export function setupProtocol(api: Api, files: string): void {
  protocol.handle(scheme, (request) => answer(api, files, request));
}

async function answer(api: Api, files: string, { method, url }: Request): Promise<Response> {
  if (method !== 'GET' || !isOwnPage(url)) return reply(null, 404);
  const { pathname } = new URL(url);
  if (pathname.startsWith('/pixels/')) return pixels(api, pathname);
  const file = await windowFile(files, pathname);
  return file ? reply(file.bytes, 200, file.type) : reply(null, 404);
}

async function pixels(api: Api, pathname: string): Promise<Response> {
  try {
    return reply(new Uint8Array(await api.pixels(pathname)), 200, 'image/png');
  } catch (error) {
    return reply(JSON.stringify(toFailure(error)), 404, 'application/json');
  }
}

function reply(body: BodyInit | null, status: number, type = 'text/plain'): Response {
  return new Response(body, { status, headers: { ...securityHeaders, 'Content-Type': type } });
}
