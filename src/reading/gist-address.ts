/**
 * The page of a gist, `path` being its id with or without its owner. Readers are led to the file named; its name stands
 * beside, since none can be read from an anchor.
 */
export function addressGist(path: string, file?: string): string {
  if (file === undefined || file === '') return `https://gist.github.com/${path}`;
  const anchor = file.toLowerCase().replaceAll(/[^a-z\d_]+/g, '-');
  return `https://gist.github.com/${path}?file=${encodeURIComponent(file)}#file-${anchor}`;
}
