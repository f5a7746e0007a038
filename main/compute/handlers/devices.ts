import { listDevices } from '../../engine/list-devices.ts';
import type { Handlers } from '../protocol.ts';

export const deviceHandlers: Pick<Handlers, 'devices'> = {
  devices: () => listDevices(),
};
