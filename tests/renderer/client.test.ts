import { afterEach, expect, it, vi } from 'vitest';
import { obtainClient } from '../../renderer/client.ts';

/** A value as Svelte's state gives it: proxies at every depth. */
function reactive<T extends object>(value: T): T {
  return new Proxy(value, {
    get: (target, key) => {
      const inner: unknown = Reflect.get(target, key);
      return typeof inner === 'object' && inner !== null ? reactive(inner) : inner;
    },
  });
}

afterEach(() => vi.unstubAllGlobals());

it("sends what state holds over Electron's bridge, which refuses proxies", async () => {
  const sent: unknown[] = [];
  const bridge = {
    call: async (name: string, input: unknown) => sent.push(name, structuredClone(input)),
    pathsOf: async (files: readonly File[]) => sent.push(...files.map(({ name }) => name)),
  };
  vi.stubGlobal('window', { relume: bridge });
  const client = await obtainClient();
  const input = reactive({ paths: ['/photos/a.jpg', '/photos/b.jpg'] });
  expect(() => structuredClone(input)).toThrow('could not be cloned');

  await client.call('pictures.open', input);
  expect(sent).toEqual(['pictures.open', { paths: ['/photos/a.jpg', '/photos/b.jpg'] }]);
});
