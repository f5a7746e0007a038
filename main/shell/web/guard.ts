/** Who may talk to the web shell: only the window that was given the address, and only from its own page. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Failure } from '../../../preload/contract.ts';

/** What is looked at in a request; headers as they came. */
export interface Visit {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, which browsers set and pages cannot. */
  readonly site: string | undefined;
  readonly cookie: string | undefined;
  /** Whether a WebSocket is asked for: like a write, it must name its origin. */
  readonly upgrade: boolean;
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

export class Guard {
  readonly #cookieName = `relume-${randomBytes(4).toString('hex')}`;
  readonly #secret = newSecret();
  #token: string | undefined;

  /** A token that opens the door once; an earlier one that was not used is void. */
  newToken(): string {
    this.#token = newSecret();
    return this.#token;
  }

  /**
   * Takes a token for a cookie.
   *
   * @returns the Set-Cookie header, or undefined when the token is wrong or was used before
   */
  exchange(token: string): string | undefined {
    if (!this.#token || !same(token, this.#token)) return undefined;
    this.#token = undefined;
    return `${this.#cookieName}=${this.#secret}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** Why a request is refused for where it comes from; undefined when it is not. */
  refuseOrigin({ method, host, origin, site, upgrade }: Visit): Failure | undefined {
    if (!host || !loopback.has(hostName(host))) {
      return { code: 'wrong-host', message: 'Relume answers on this machine only.' };
    }
    const readOnly = (method === 'GET' || method === 'HEAD') && !upgrade;
    const ownOrigin = origin === undefined ? readOnly : origin === `http://${host}`;
    const ownSite = site === undefined || site === 'same-origin' || (site === 'none' && readOnly);
    if (ownOrigin && ownSite) return undefined;
    return { code: 'wrong-origin', message: 'Only the window of Relume may ask this.' };
  }

  /** Whether the request carries the cookie that a token was exchanged for. */
  knows({ cookie }: Visit): boolean {
    const given = cookie
      ?.split(';')
      .map((part) => part.trim().split('='))
      .find(([name]) => name === this.#cookieName)?.[1];
    return given !== undefined && same(given, this.#secret);
  }
}

const newSecret = () => randomBytes(32).toString('base64url');

const hostName = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

/** Compares in constant time, whatever the lengths. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
