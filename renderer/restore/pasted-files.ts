/** The pictures of a clipboard; one that has no file of its own is called after the moment. */
export function pastedFiles({ files }: Pick<DataTransfer, 'files'>, now: Date): File[] {
  return [...files].map((file) => {
    if (file.name !== unnamed) return file;
    return new File([file], `pasted-${stampOf(now)}.png`, { type: file.type });
  });
}

/** What browsers call a picture that was copied and not a file. */
const unnamed = 'image.png';

/** Such as 2026-11-21-20-15-04, local time. */
function stampOf(now: Date): string {
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()];
  return [...parts, ...time].map((part) => String(part).padStart(2, '0')).join('-');
}
