import { join } from 'node:path';
import type { Config } from '../config/load.ts';
import type { Post } from '../model/post.ts';
import type { Content } from '../model/source.ts';
import { isFileGone } from './find-page.ts';
import { lookInFolder } from './look-at-pages.ts';

interface Body {
  readonly files?: Content['files'] | undefined;
}

const picture = /\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#].*)?$/i;

/**
 * Content whose pictures are where the page in a built folder has them, where the generator has put them under other names: the
 * file that the source would have them at is not there, and the page shows one of that name.
 */
export async function locatePictures(
  post: Post,
  content: Content,
  from: string,
  config: Config,
): Promise<Content> {
  const folder = join(config.root, from);
  const isMoved = (address: unknown): boolean =>
    typeof address === 'string' && picture.test(address) && isFileGone(address, folder, config.site.url);
  const { cover, canonicalUrl } = post;
  const movedCover = isMoved(cover?.url) ? cover : undefined;
  const bodies: readonly Body[] = [content, ...Object.values(content.variants ?? {})];
  const moved = bodies.flatMap(({ files = {} }) =>
    Object.entries(files).flatMap(([named, address]) => (isMoved(address) ? [named] : [])),
  );
  if (movedCover !== undefined) moved.push(movedCover.url);
  const seen = moved.length === 0 ? undefined : lookInFolder(post, from, config);
  if (seen === undefined || 'fault' in seen) return content;
  const { findPictures } = await import('../pages/find-pictures.ts');
  const found = findPictures(moved, { html: seen.html, url: canonicalUrl });
  if (found.size === 0) return content;
  const locate = ({ files }: Body) =>
    files && {
      files: { ...files, ...Object.fromEntries([...found].filter(([named]) => Object.hasOwn(files, named))) },
      ownFiles: files,
    };
  const variants = Object.entries(content.variants ?? {}).map(
    ([target, variant]) => [target, { ...variant, ...locate(variant) }] as const,
  );
  const coverUrl = movedCover && found.get(movedCover.url);
  return {
    ...content,
    ...locate(content),
    ...(movedCover !== undefined && coverUrl !== undefined && { cover: { ...movedCover, url: coverUrl } }),
    ...(content.variants !== undefined && { variants: Object.fromEntries(variants) }),
  };
}
