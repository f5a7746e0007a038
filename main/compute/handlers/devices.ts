import type { Devices } from '../../devices/devices.ts';
import type { Handlers } from '../protocol.ts';

export const deviceHandlers = ({ devices }: { devices: Devices }): Pick<Handlers, 'devices'> => ({
  devices: ({ measure = 'no' }, { progress }) => devices.list(measure, progress),
});
