/** What a file system error means, as the end of a sentence such as "The file …". */
export function describeFileError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const meanings: Readonly<Record<string, string>> = {
    ENOENT: 'is not there',
    ENOTDIR: 'is not there',
    EACCES: 'may not be read',
    EPERM: 'may not be read',
    EISDIR: 'is a folder',
    ELOOP: 'is a link that leads to itself',
  };
  return meanings[code] ?? `cannot be read (${code || 'unknown reason'})`;
}
