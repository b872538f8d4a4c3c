import { listElements } from './parse-html.ts';

/** A film or sound in raw HTML; addresses as they stand in it. */
export interface Media {
  readonly kind: 'video' | 'audio';
  readonly url: string;
  readonly poster?: string;
  readonly title?: string;
}

/** Reads the `<video>` or `<audio>` that a node of raw HTML consists of; nothing if it is something else or has no file. */
export function readMedia(html: string): Media | undefined {
  // A look at the first letters, since few pieces of HTML are worth parsing for this.
  if (!/^\s*<(?:video|audio)[\s/>]/i.test(html)) return undefined;
  const [media, ...inside] = listElements(html);
  if (media === undefined) return undefined;
  const source = [media, ...inside.filter(({ tagName }) => tagName === 'source')].find(
    ({ properties }) => typeof properties['src'] === 'string' && properties['src'] !== '',
  );
  if (source === undefined) return undefined;
  const { poster, title, ariaLabel } = media.properties;
  const name = [title, ariaLabel].find((text) => typeof text === 'string' && text.trim() !== '');
  return {
    kind: media.tagName === 'audio' ? 'audio' : 'video',
    url: String(source.properties['src']),
    ...(typeof poster === 'string' && poster !== '' && { poster }),
    ...(typeof name === 'string' && { title: name.trim() }),
  };
}
