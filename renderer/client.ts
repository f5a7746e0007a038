import type { RelumeClient } from '../preload/contract.ts';

declare global {
  interface Window {
    /** Set by Electron's preload script; absent in a browser. */
    relume?: RelumeClient;
  }
}

/** The connection to the rest of Relume: Electron's bridge where there is one, else the web shell. */
export async function obtainClient(): Promise<RelumeClient> {
  if (window.relume) return window.relume;
  const { connect } = await import('../preload/web-client.ts');
  return connect();
}
