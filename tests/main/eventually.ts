/** Waiting for what another process or task brings about, on machines of any speed. */
import { vi } from 'vitest';

/** The first truthy value that the check gives. */
export const eventually: typeof vi.waitUntil = (check) => vi.waitUntil(check, { timeout: 60_000 });
