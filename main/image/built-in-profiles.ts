/** ICC profiles of colour spaces that pictures are brought into, as sharp carries them. */
import sharp from 'sharp';

const profiles = new Map<string, Promise<Uint8Array>>();

/** The profile's bytes. */
export function builtInProfile(space: 'srgb' | 'p3'): Promise<Uint8Array> {
  const known = profiles.get(space) ?? readProfile(space);
  profiles.set(space, known);
  return known;
}

async function readProfile(space: string): Promise<Uint8Array> {
  const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } });
  const { icc } = await sharp(await pixel.withIccProfile(space).png().toBuffer()).metadata();
  if (!icc) throw new Error(`sharp carries no profile of ${space}.`);
  return new Uint8Array(icc);
}
