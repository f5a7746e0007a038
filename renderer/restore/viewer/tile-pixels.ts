/**
 * The pixels of a display tile as the screen would show them: RGBA, 8 bits.
 *
 * @throws DOMException when the tile cannot be had
 */
export async function tilePixels(address: string): Promise<ImageData> {
  const image = new Image();
  image.src = address;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new DOMException('There is no memory for another canvas.', 'QuotaExceededError');
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, width, height);
}
