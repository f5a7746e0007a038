import { expect, it } from 'vitest';
import { verdictOn } from '../../../main/devices/verdict.ts';
import type { KnownDevice } from '../../../main/library/device-file.ts';
import { cpu, gpu } from './known-devices.ts';

const onGpu = (device: KnownDevice, failures = {}) => verdictOn(device, [processor, device], failures);
const processor = cpu({ a: 2, b: 2 }, 5);
const { speed: _, ...unmeasured } = gpu({});

it.each([
  ['fastest for everything', gpu({ a: 9, b: 9 }, 9), 'Fastest for everything.'],
  ['fastest for some', gpu({ a: 9, b: 1 }, 9), 'Fastest for a, training.'],
  ['slow', gpu({ a: 1, b: 1 }, 1), 'Slower than the CPU.'],
  ['wrong', gpu({ a: 9, b: 9 }, 9, ['a', 'b', 'training']), 'Wrong results: not used.'],
  [
    'wrong for some',
    gpu({ a: 9, b: 9 }, 9, ['b']),
    'Fastest for a, training. Wrong results for b: not used for that.',
  ],
  ['not measured', unmeasured, 'Works; not measured yet.'],
  ['absent', { ...unmeasured, available: false, reason: 'No adapter.' }, 'No adapter.'],
])('says of a device that is %s why', (_name, device, verdict) => {
  expect(onGpu(device)).toBe(verdict);
});

it('says of a device that failed while working how, until it is measured again', () => {
  expect(onGpu(gpu({ a: 9, b: 9 }), { webgpu: 'Device lost.' })).toBe(
    'Not used until it is measured again: Device lost.',
  );
});

it('says what is left for the CPU', () => {
  expect(verdictOn(processor, [processor, gpu({ a: 9, b: 1 }, 1)], {})).toBe('Fastest for b, training.');
  expect(verdictOn(processor, [processor, gpu({ a: 9, b: 9 }, 9)], {})).toBe(
    'Used where nothing else can be.',
  );
});
