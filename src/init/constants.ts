import type { SiteView } from './define.ts';
import { findFile, joinPath, nameFiles } from './paths.ts';
import { readData, textAt } from '../reading/site-files/read-data.ts';
import { readScript } from '../reading/site-files/read-script.ts';

const files = [
  'siteMetadata',
  'site.config',
  'siteConfig',
  'site',
  'config',
  'consts',
  'constants',
  'config/site',
  'config/index',
  'data/site',
  'data/siteMetadata',
  'info',
  'meta',
  'seo',
  'lib/site',
  'lib/constants',
  'lib/config',
  'utils/constants',
  'utils/consts',
];

/** What a site's own code calls itself: facts as they are written. */
export interface WrittenFacts {
  readonly url: string | undefined;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly author: string | undefined;
  readonly language: string | undefined;
  readonly timezone: string | undefined;
}

/** Reads the files in which sites made of code keep their name and address, below any of these folders. */
export function readConstants(view: SiteView, folders: readonly string[]): WrittenFacts {
  const paths = folders.flatMap((folder) =>
    files
      .map((name) => joinPath(folder, name))
      .flatMap((path) => nameFiles('', [path], ['ts', 'js', 'mjs', 'json'])),
  );
  const found = paths.filter((path) => findFile(view, [path]) !== undefined).slice(0, 6);
  const read = (...names: readonly string[]): string | undefined => {
    const spelled = names.flatMap((name) => [
      name,
      ...['SITE', 'siteConfig', 'site', 'siteMetadata', 'config', 'metadata'].map(
        (owner) => `${owner}.${name}`,
      ),
    ]);
    for (const path of found) {
      const text = path.endsWith('.json')
        ? textAt(readData(view, path), ...spelled)
        : readScript(view.read(path)).text(...spelled);
      if (text !== undefined) return text;
    }
    return undefined;
  };
  return {
    url: [
      'siteUrl',
      'url',
      'SITE_URL',
      'siteURL',
      'baseUrl',
      'BASE_URL',
      'website',
      'domain',
      'origin',
      'link',
    ]
      .map((name) => withScheme(read(name)))
      .find((url) => url !== undefined),
    title: read('SITE_TITLE', 'SITE_NAME', 'siteTitle', 'siteName', 'title', 'name'),
    description: read('SITE_DESCRIPTION', 'siteDescription', 'description', 'desc'),
    author: read('SITE_AUTHOR', 'AUTHOR', 'author.name', 'siteAuthor', 'author'),
    language: read('lang', 'language', 'locale', 'siteLanguage'),
    timezone: read('timezone', 'timeZone'),
  };
}

/** An address, or a host alone made one. */
function withScheme(text: string | undefined): string | undefined {
  if (text === undefined || /^https?:\/\//i.test(text)) return text;
  return /^[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,}$/i.test(text) ? `https://${text}` : undefined;
}
