import { listDevices } from '../../engine/devices.ts';
import type { Handlers } from '../protocol.ts';

export const deviceHandlers: Pick<Handlers, 'devices'> = {
  devices: () => listDevices(),
};
