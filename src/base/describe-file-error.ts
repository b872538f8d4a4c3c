type Meanings = Readonly<Record<string, string>>;

const readMeanings: Meanings = {
  ENOENT: 'is not there',
  ENOTDIR: 'is not there',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  EISDIR: 'is a folder',
  ELOOP: 'is a link that leads to itself',
};

const writeMeanings: Meanings = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'nothing may be written there',
  EEXIST: 'something else has its name',
  ENOTDIR: 'something else has its name',
  ENOSPC: 'the disk is full',
  OUTPUT_UNWRITABLE: 'its folder is a link that leads elsewhere',
};

/** What an error of the file system means for reading a file, as the end of a sentence such as "The file …". */
export function describeFileError(error: unknown): string {
  const code = codeOf(error);
  return readMeanings[code] ?? `cannot be read (${code || 'unknown reason'})`;
}

/** Why a file could not be written, as a reason. */
export function describeWriteError(error: unknown): string {
  const code = codeOf(error);
  return writeMeanings[code] ?? (code || 'unknown reason');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
