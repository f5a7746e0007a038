/** The names of GPUs, from what ONNX Runtime and the Vulkan loader print while a device starts. */

/** What makes them print it; for a process that does nothing else. */
export const tellingEnvironment = { VK_LOADER_DEBUG: 'driver' } as const;

/**
 * The GPU in use, where the Vulkan loader names it; else the one that the runtime has found, the discrete one first.
 *
 * @param log standard error of the process that started a device
 */
export function adapterNameIn(log: string): string | undefined {
  const used = /Using "([^"]+)" with driver/.exec(log)?.[1];
  if (used !== undefined) return used;
  // Of hardware types, 1 is a GPU.
  const found = [...log.matchAll(/OrtHardwareDevice \{([^\n]*type:1,[^\n]*)\}/g)].map(
    ([, text]) => text ?? '',
  );
  const first = found.find((text) => /Discrete=1/.test(text)) ?? found[0];
  if (first === undefined) return undefined;
  const description = /Description=([^,\]]+)/.exec(first)?.[1]?.trim();
  return description || vendorIn(first);
}

/** By the numbers that the PCI group has given; Linux tells no more. */
const vendors: Readonly<Record<string, string>> = {
  '0x1002': 'AMD GPU',
  '0x10de': 'NVIDIA GPU',
  '0x8086': 'Intel GPU',
  '0x106b': 'Apple GPU',
  '0x5143': 'Qualcomm GPU',
};

const vendorIn = (text: string) => vendors[/vendor_id:(0x[0-9a-f]+)/i.exec(text)?.[1]?.toLowerCase() ?? ''];
