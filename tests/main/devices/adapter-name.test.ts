import { describe, expect, it } from 'vitest';
import { adapterNameIn } from '../../../main/devices/adapter-name.ts';

/** As ONNX Runtime 1.30 writes them on standard error. */
const hardware = (text: string) =>
  `2026-01-01 10:00:00.0 [I:onnxruntime:onnxruntime-node, device_discovery_common.cc:34 operator()] Discovered OrtHardwareDevice {${text}}\n`;
const processor = hardware('vendor_id:0x1022, device_id:0x0, vendor:AMD, type:0, metadata: []');
const integrated = hardware(
  'vendor_id:0x8086, device_id:0x9bc4, vendor:Intel, type:1, metadata: [Description=Intel(R) UHD Graphics, Discrete=0]',
);
const discrete = hardware(
  'vendor_id:0x10de, device_id:0x2206, vendor:NVIDIA, type:1, metadata: [Description=NVIDIA GeForce RTX 3080, Discrete=1]',
);

describe('the name of a GPU', () => {
  it('is that of the one in use, where the Vulkan loader says', () => {
    const log = `${discrete}DRIVER | LAYER:          Using "AMD Radeon 780M (RADV PHOENIX)" with driver: "libvulkan_radeon.so"\n`;
    expect(adapterNameIn(log)).toBe('AMD Radeon 780M (RADV PHOENIX)');
  });

  it('is that of the discrete one else, which WebGPU prefers', () => {
    expect(adapterNameIn(processor + integrated + discrete)).toBe('NVIDIA GeForce RTX 3080');
    expect(adapterNameIn(processor + integrated)).toBe('Intel(R) UHD Graphics');
  });

  it('is its vendor where nothing more is known', () => {
    const bare = hardware('vendor_id:0x1002, device_id:0x15bf, vendor:AMD, type:1, metadata: []');
    expect(adapterNameIn(processor + bare)).toBe('AMD GPU');
  });

  it('is unknown where no GPU is told of', () => {
    expect(adapterNameIn(processor)).toBeUndefined();
  });
});
