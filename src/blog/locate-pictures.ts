import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config/load.ts';
import type { Cover, Post } from '../model/post.ts';
import type { Content } from '../model/source.ts';
import { isFileGone } from './find-page.ts';
import { lookInFolder } from './look-at-pages.ts';

interface Body {
  readonly files?: Content['files'] | undefined;
  readonly ownFiles?: Content['files'] | undefined;
}

const picture = /\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#].*)?$/i;

/** Where those pictures of a post are that its site serves under new names, by the post's own names. */
type Located = ReadonlyMap<string, string>;

/** The pictures of a post that were looked for on its page. */
export interface Sought {
  readonly found: Located;
  /** Those that its site has nowhere, as the post names them. */
  readonly lost: readonly string[];
}

/**
 * The pictures of a post in a built folder, where the generator has put them under other names: the file that the source would have
 * them at is not there, and the page shows one of that name. If the page shows none and names the file nowhere, they are lost.
 */
export async function locateBuilt(
  post: Post,
  content: Content,
  from: string,
  config: Config,
): Promise<Sought> {
  const folder = join(config.root, from);
  const moved = listNamed(post, content, (address) => isFileGone(address, folder, config.site.url));
  const seen = moved.length === 0 ? undefined : lookInFolder(post, from, config);
  if (seen === undefined || 'fault' in seen) return { found: new Map(), lost: [] };
  const { findPictures } = await import('../pages/find-pictures.ts');
  const { html } = seen;
  const found = findPictures(
    moved.map(({ named }) => named),
    { html, url: post.canonicalUrl },
  );
  const lost = moved.filter(({ named, address }) => !found.has(named) && !html.includes(pathOf(address)));
  return { found, lost: lost.map(({ named }) => named) };
}

function pathOf(address: string): string {
  return new URL(address).pathname;
}

/** Where the pictures of a post would be by the source alone, each with whether a built folder lacks it. */
export function listBuilt(
  post: Post,
  content: Content,
  from: string,
  { root, site }: Config,
): readonly (readonly [address: string, isGone: boolean])[] {
  const named = listNamed(post, content, () => true);
  return named.map(({ address }) => [address, isFileGone(address, join(root, from), site.url)]);
}

/** The configs of generators that may serve the pictures of posts under names with a digest, without their endings. */
const renaming = [
  'astro.config',
  'docusaurus.config',
  'eleventy.config',
  'gatsby-config',
  'next.config',
  'nuxt.config',
  'svelte.config',
  '.vitepress/config',
];

/** Whether the generator of the site that posts in a folder belong to may serve pictures under other names. */
export function mayRename(folder: string, { root }: Pick<Config, 'root'>): boolean {
  const names = renaming.flatMap((name) =>
    ['js', 'mjs', 'cjs', 'ts', 'mts'].map((ending) => `${name}.${ending}`),
  );
  for (let at = join(root, folder); ; at = dirname(at)) {
    if (names.some((name) => existsSync(join(at, name)))) return true;
    if (at === root || at.length <= root.length) return false;
  }
}

/** The pictures beside a post that its page on the site may show under other names, and where they would be by the source alone. */
export function listBeside(post: Post, content: Content): readonly NamedPicture[] {
  const own = post.cover?.url;
  return listNamed(post, content, () => true).filter(
    ({ named }) => named === own || !/^(?:\/(?!src\/)|[a-z][a-z\d+.-]*:)/i.test(named),
  );
}

/** Where the page of a post on its site shows pictures; one below the page, or under its own name, is where the source has it. */
export async function locateLive(
  pictures: readonly NamedPicture[],
  { canonicalUrl }: Post,
  html: string,
): Promise<Located> {
  const { findPictures } = await import('../pages/find-pictures.ts');
  const found = findPictures(
    pictures.map(({ named }) => named),
    { html, url: canonicalUrl },
  );
  const below = canonicalUrl.replace(/[?#].*$/s, '').replace(/\/*$/, '/');
  const isOwn = (shown: string, { address }: NamedPicture): boolean =>
    shown === address || shown.startsWith(below);
  return new Map(
    pictures.flatMap((one): readonly [string, string][] => {
      const shown = found.get(one.named);
      return shown === undefined || isOwn(shown, one) ? [] : [[one.named, shown]];
    }),
  );
}

/** A picture as a post names it, and its address by the source alone. */
export interface NamedPicture {
  readonly named: string;
  readonly address: string;
}

function listNamed(
  { cover }: Post,
  content: Content,
  isMoved: (address: string) => boolean,
): readonly NamedPicture[] {
  const bodies: readonly Body[] = [content, ...Object.values(content.variants ?? {})];
  const all = [
    ...bodies.flatMap(({ files = {}, ownFiles = files }) => Object.entries(ownFiles)),
    ...(cover === undefined ? [] : [[cover.url, cover.url] as const]),
  ];
  return all.flatMap(([named, address]) =>
    typeof address === 'string' && picture.test(address) && isMoved(address) ? [{ named, address }] : [],
  );
}

/** Content with the pictures' found addresses, and a list of those that were found nowhere. */
export function movePictures(content: Content, { cover }: Post, { found, lost }: Sought): Content {
  if (found.size === 0 && lost.length === 0) return content;
  const locate = ({ files }: Body) => {
    if (files === undefined) return undefined;
    const own = lost.filter((named) => Object.hasOwn(files, named));
    return {
      files: { ...files, ...Object.fromEntries([...found].filter(([named]) => Object.hasOwn(files, named))) },
      ownFiles: files,
      ...(own.length > 0 && { lost: own }),
    };
  };
  const variants = Object.entries(content.variants ?? {}).map(
    ([target, variant]) => [target, { ...variant, ...locate(variant) }] as const,
  );
  const url = cover && found.get(cover.url);
  const isLost = cover !== undefined && lost.includes(cover.url);
  const moved: Cover | false | undefined =
    cover && url !== undefined ? { ...cover, url } : !isLost && undefined;
  return {
    ...content,
    ...locate(content),
    ...(moved !== undefined && { cover: moved }),
    ...(content.variants !== undefined && { variants: Object.fromEntries(variants) }),
  };
}
