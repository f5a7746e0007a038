import { describe, expect, test } from 'vitest';
import { Guard, type Visit } from '../../../../main/shell/web/guard.ts';

const visit = (changes: Partial<Visit> = {}): Visit => ({
  method: 'GET',
  host: '127.0.0.1:4000',
  origin: undefined,
  site: undefined,
  cookie: undefined,
  upgrade: false,
  ...changes,
});

describe('the token', () => {
  test('is exchanged for a cookie that pages cannot read or send from elsewhere', () => {
    const guard = new Guard();
    expect(guard.exchange(guard.newToken())).toMatch(
      /^relume-\w+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
  });

  test('opens the door once', () => {
    const guard = new Guard();
    const token = guard.newToken();
    guard.exchange(token);
    expect(guard.exchange(token)).toBeUndefined();
  });

  test('is void when it is wrong or another was made', () => {
    const guard = new Guard();
    const earlier = guard.newToken();
    guard.newToken();
    expect(guard.exchange(earlier)).toBeUndefined();
    expect(guard.exchange('')).toBeUndefined();
  });
});

describe('the cookie', () => {
  test('is known among others', () => {
    const guard = new Guard();
    const [cookie] = guard.exchange(guard.newToken())?.split(';') ?? [];
    expect(guard.knows(visit({ cookie: `theme=dark; ${cookie}` }))).toBe(true);
  });

  test('of another run is not known', () => {
    const other = new Guard();
    const [cookie] = other.exchange(other.newToken())?.split(';') ?? [];
    expect(new Guard().knows(visit({ cookie }))).toBe(false);
    expect(new Guard().knows(visit())).toBe(false);
  });
});

describe('where a request comes from', () => {
  const code = (changes: Partial<Visit>) => new Guard().refuseOrigin(visit(changes))?.code;

  test.each(['127.0.0.1:4000', 'localhost:8080', '[::1]:4000', '127.0.0.1'])(
    'host %s is this machine',
    (host) => {
      expect(code({ host })).toBeUndefined();
    },
  );

  test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:4000', undefined, ''])(
    'host %s is refused',
    (host) => expect(code({ host })).toBe('wrong-host'),
  );

  test('writes and WebSockets must name their own origin', () => {
    const origin = 'http://127.0.0.1:4000';
    expect(code({ method: 'POST', origin })).toBeUndefined();
    expect(code({ upgrade: true, origin })).toBeUndefined();
    expect(code({ method: 'POST' })).toBe('wrong-origin');
    expect(code({ upgrade: true })).toBe('wrong-origin');
  });

  test.each(['https://evil.example', 'http://127.0.0.1:5000', 'https://127.0.0.1:4000', 'null'])(
    'origin %s is refused, even for reading',
    (origin) => expect(code({ origin })).toBe('wrong-origin'),
  );

  test('pages of other sites and other ports cannot embed anything', () => {
    expect(code({ site: 'cross-site' })).toBe('wrong-origin');
    expect(code({ site: 'same-site' })).toBe('wrong-origin');
    expect(code({ site: 'none' })).toBeUndefined();
    expect(code({ site: 'same-origin' })).toBeUndefined();
  });
});
