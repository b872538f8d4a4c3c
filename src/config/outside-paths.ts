import { resolve } from 'node:path';
import { isBelow, staysInside } from '../base/stay-inside.ts';

/** A path in the config that leads where it may not. */
export interface OutsidePath {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly remedy: string;
}

/** The paths of sources and of the ledger that lead out of the blog's folder, which is absolute, by their name or through a link. */
export function findOutsidePaths(
  given: {
    readonly sources: readonly Readonly<Record<string, unknown>>[];
    readonly ledger: { readonly path: string; readonly ca?: string | undefined };
  },
  root: string,
): readonly OutsidePath[] {
  const paths = [
    ...given.sources.map(({ path }, index) => ({
      path: ['sources', index, 'path'],
      name: `sources[${index}].path`,
      value: path,
    })),
    ...given.sources.map(({ pages }, index) => ({
      path: ['sources', index, 'pages', 'from'],
      name: `sources[${index}].pages.from`,
      value: typeof pages === 'object' && pages !== null && 'from' in pages ? pages.from : undefined,
    })),
    { path: ['ledger', 'path'], name: 'ledger.path', value: given.ledger.path },
    { path: ['ledger', 'ca'], name: 'ledger.ca', value: given.ledger.ca },
  ];
  return paths.flatMap(({ path, name, value }): readonly OutsidePath[] => {
    if (typeof value !== 'string' || staysInside(resolve(root, value), root)) return [];
    const isLink = isBelow(resolve(root, value), root);
    return [
      {
        path,
        message: `${name} leads out of the blog's folder${isLink ? ' through a link' : ''}.`,
        remedy: isLink
          ? 'Put what the link leads to in its place.'
          : 'Name a path inside it, or move the config up to a folder that holds both.',
      },
    ];
  });
}
