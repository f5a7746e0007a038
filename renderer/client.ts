import type { RelumeClient } from '../preload/contract.ts';

declare global {
  interface Window {
    /** Set by Electron's preload script; absent in a browser. */
    relume?: RelumeClient;
  }
}

/** The connection to the rest of Relume: Electron's bridge where there is one, else the web shell. */
export async function obtainClient(): Promise<RelumeClient> {
  if (window.relume) return overBridge(window.relume);
  const { connect } = await import('../preload/web-client.ts');
  return connect();
}

/**
 * Electron's bridge copies plain values only and refuses proxies, which Svelte's state consists of
 * (electron/electron#39598): what is sent goes as the web shell sends it.
 */
function overBridge(bridge: RelumeClient): RelumeClient {
  return {
    ...bridge,
    call: (name, input) => bridge.call(name, JSON.parse(JSON.stringify(input))),
    pathsOf: (files) => bridge.pathsOf([...files]),
  };
}
