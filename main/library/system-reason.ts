/** What the system says of a file or folder that it refuses, in words. */

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist, or its drive is not connected',
  ENOTDIR: 'it is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission is missing',
  EPERM: 'permission is missing',
  EROFS: 'its drive can only be read',
  EEXIST: 'a file has that name',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENAMETOOLONG: 'its name is too long',
};

const writing: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a file stands where its folder should be',
};

/** Why something cannot be read, for the end of a sentence; what has no words yet has its code. */
export function readingReason(error: unknown): string {
  const code = codeOf(error);
  return reasons[code] ?? code;
}

/** Why something cannot be written or made. */
export function writingReason(error: unknown): string {
  return writing[codeOf(error)] ?? readingReason(error);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
