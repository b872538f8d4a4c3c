import type { Image, Link, Paragraph, Root } from 'mdast';
import { readMedia } from '../reading/html/read-media.ts';
import { walk } from '../reading/walk.ts';
import { holdsText } from '../transform/link-embeds.ts';

/** A film, or another page that is embedded, which no mail program plays. */
interface Film {
  readonly url: string;
  readonly title?: string;
  /** The address of a picture of it. */
  readonly picture?: string | undefined;
}

/** Shows the films and embedded pages that stand between paragraphs as paragraphs of their own; addresses are absolute. */
export function showFilms(tree: Root, show: (film: Film) => readonly Paragraph[]): void {
  walk(tree, (node, index, parent) => {
    const film = node.type === 'embed' ? { ...node, picture: locatePicture(node.url) } : readFilm(node);
    if (film === undefined || holdsText(parent)) return undefined;
    const shown = show(film);
    (parent.children as Paragraph[]).splice(index, 1, ...shown);
    return index + shown.length;
  });
}

function readFilm(node: { readonly type: string; readonly value?: string }): Film | undefined {
  const media = node.type === 'html' ? readMedia(node.value ?? '') : undefined;
  return media?.kind === 'video' ? { ...media, picture: media.poster } : undefined;
}

/** A film as a link. */
export function linkFilm({ url, title = url }: Film): readonly Paragraph[] {
  return [makeParagraph({ type: 'link', url, children: [{ type: 'text', value: title }] })];
}

/** A film as its picture, linked, and a link below it; one without a picture as a link. */
export function pictureFilm({ url, title, picture }: Film): readonly Paragraph[] {
  const words = title ?? (picture === undefined ? url : 'Watch the film');
  const line = makeParagraph({ type: 'link', url, children: [{ type: 'text', value: `▶ ${words}` }] });
  if (picture === undefined) return [line];
  const image: Image = { type: 'image', url: picture, alt: words };
  return [makeParagraph({ type: 'link', url, children: [image] }), line];
}

function makeParagraph(link: Link): Paragraph {
  return { type: 'paragraph', children: [link] };
}

/** The address of the picture that YouTube shows of a film. */
function locatePicture(address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null) return undefined;
  const host = url.hostname.replace(/^(?:www|m)\./, '');
  const [first = '', second = ''] = url.pathname.split('/').filter((part) => part !== '');
  const id =
    host === 'youtu.be'
      ? first
      : /^youtube(?:-nocookie)?\.com$/.test(host)
        ? ['embed', 'shorts', 'live'].includes(first)
          ? second
          : url.searchParams.get('v')
        : undefined;
  return typeof id === 'string' && /^[\w-]{11}$/.test(id)
    ? `https://i.ytimg.com/vi/${id}/hqdefault.jpg`
    : undefined;
}
