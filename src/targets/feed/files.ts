/** The paths of a feed, and of what is written beside it, in its site. */
interface FileOptions {
  readonly path: string;
  readonly atom: string | false;
  readonly json: string | false;
  /** The path of one of the site's own; `true` is Broadside’s. */
  readonly stylesheet: string | boolean;
  readonly page?: string | false | undefined;
}

/** The stylesheet that a feed is shown by, and whether it is Broadside’s own. */
export function chooseStylesheet({ path, stylesheet }: Pick<FileOptions, 'path' | 'stylesheet'>) {
  if (stylesheet === false) return undefined;
  return stylesheet === true
    ? { path: placeBeside(path, 'feed.css'), isOwn: true }
    : { path: stylesheet, isOwn: false };
}

/** What is written where. The stylesheet is the same for every feed. */
export function listFiles(
  given: FileOptions,
  page: string | undefined,
): readonly (readonly [string, string])[] {
  const styled = chooseStylesheet(given);
  const shown = page ?? (typeof given.page === 'string' ? given.page : undefined);
  return [
    [given.path, 'the RSS feed'],
    ...(given.atom === false ? [] : [[given.atom, 'the Atom feed'] as const]),
    ...(given.json === false ? [] : [[given.json, 'the JSON Feed'] as const]),
    ...(styled?.isOwn === true ? [[styled.path, 'the stylesheet'] as const] : []),
    ...(shown === undefined ? [] : [[shown, 'the page'] as const]),
  ];
}

/** The path of a file beside another one of the site. */
export function placeBeside(path: string, name: string): string {
  return `${path.slice(0, path.lastIndexOf('/') + 1)}${name}`;
}
