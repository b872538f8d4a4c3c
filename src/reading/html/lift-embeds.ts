import type { Element } from 'hast';
import { addressGist } from '../gist-address.ts';

/** The page that a frame, a script or a quotation of another site stands for. */
export interface EmbeddedPage {
  readonly url: string;
  readonly title?: string;
}

type ReadPage = (address: URL, path: readonly string[]) => string | undefined;

/** Sites whose frames have an address of their own, by host: the page that shows the same to a reader. Checked November 2026. */
const framePages: Readonly<Record<string, ReadPage>> = {
  'youtube.com': readYoutube,
  'youtube-nocookie.com': readYoutube,
  'player.vimeo.com': ({ searchParams }, [kind, id]) => {
    const hash = searchParams.get('h');
    return kind === 'video' && id ? `https://vimeo.com/${id}${hash ? `/${hash}` : ''}` : undefined;
  },
  'codepen.io': (_, path) => {
    const place = path.indexOf('embed');
    const id = path.at(-1);
    return place > 0 && place < path.length - 1
      ? `https://codepen.io/${path.slice(0, place).join('/')}/pen/${id}`
      : undefined;
  },
  'codesandbox.io': (_, [kind, ...rest]) =>
    kind === 'embed' && rest[0] ? `https://codesandbox.io/s/${rest.join('/')}` : undefined,
  'stackblitz.com': (address) => withoutParameters(address, ['embed', 'view', 'hideNavigation', 'theme']),
  'replit.com': (address) => withoutParameters(address, ['embed', 'lite', 'theme']),
  'jsfiddle.net': ({ origin }, path) => {
    const end = path.indexOf('embedded');
    return end > 0 ? `${origin}/${path.slice(0, end).join('/')}/` : undefined;
  },
  'gist.github.com': readGist,
  'open.spotify.com': (_, [kind, ...rest]) =>
    kind?.startsWith('embed') && rest.length > 1 ? `https://open.spotify.com/${rest.join('/')}` : undefined,
  'w.soundcloud.com': ({ searchParams }) => {
    const url = searchParams.get('url') ?? '';
    return /^https:\/\/(?:www\.|m\.)?soundcloud\.com\//.test(url) ? url : undefined;
  },
  'loom.com': (_, [kind, id]) => (kind === 'embed' && id ? `https://www.loom.com/share/${id}` : undefined),
  'embed.bsky.app': (_, [kind, author, collection, id]) =>
    kind === 'embed' && collection === 'app.bsky.feed.post' && id
      ? `https://bsky.app/profile/${author}/post/${id}`
      : undefined,
  'instagram.com': ({ origin }, [kind, id]) => (kind && id ? `${origin}/${kind}/${id}/` : undefined),
  'asciinema.org': readAsciinema,
  'platform.twitter.com': ({ searchParams }) => {
    const id = searchParams.get('id');
    return id ? `https://x.com/i/status/${id}` : undefined;
  },
  'player.twitch.tv': ({ searchParams }) => {
    const [video, channel] = [searchParams.get('video'), searchParams.get('channel')];
    return video
      ? `https://www.twitch.tv/videos/${video.replace(/^v/, '')}`
      : channel
        ? `https://www.twitch.tv/${channel}`
        : undefined;
  },
};

/** Sites whose scripts show something where they stand. */
const scriptPages: Readonly<Record<string, ReadPage>> = {
  'gist.github.com': readGist,
  'asciinema.org': readAsciinema,
};

/** Scripts that only dress up the quotation or the link before them. */
const dressingScripts =
  /^(?:platform\.(?:twitter|x)\.com\/widgets|embed\.bsky\.app\/static\/embed|(?:www\.)?instagram\.com\/embed|[\w.]*codepen\.io\/assets\/embed\/ei|(?:www\.)?tiktok\.com\/embed|embed\.reddit(?:media)?\.com\/widgets)\b/;

/** What frames are called when nobody has named them. */
const emptyTitles = /^(?:youtube video player|embedded content|iframe|video|)$/i;

/** Where addresses without a host are held to be, so that they can be read. */
const nowhere = 'https://site.invalid';

/** The page shown in an `<iframe>`, its address as it stands if the site is not known; nothing if it is none of the web. */
export function readFrame({ properties }: Element): EmbeddedPage | undefined {
  const { src } = properties;
  if (typeof src !== 'string' || src.trim() === '') return undefined;
  const address = parseAddress(src);
  if (address === undefined) return undefined;
  const url = readPage(framePages, address) ?? src.trim();
  const title = (properties['title'] ?? '').trim();
  return { url, ...(!emptyTitles.test(title) && { title }) };
}

/** The page that a `<script>` shows where it stands. */
export function readScript({ properties }: Element): EmbeddedPage | undefined {
  const address = parseAddress(properties['src'] ?? '');
  const url = address && readPage(scriptPages, address);
  return url === undefined ? undefined : { url };
}

/** Whether a `<script>` only dresses up an embedded quotation, so that nobody misses it. */
export function isDressing({ properties }: Element): boolean {
  const address = parseAddress(properties['src'] ?? '');
  return address !== undefined && dressingScripts.test(`${address.hostname}${address.pathname}`);
}

/** The page of a post that is quoted to be dressed up by a script; `said` is the text of the quotation. */
export function readQuotation(element: Element, said: string): EmbeddedPage | undefined {
  const { properties } = element;
  const classes = properties['className'];
  const isOf = (name: string): boolean => Array.isArray(classes) && classes.includes(name);
  const title = said.replaceAll(/\s+/g, ' ').trim();
  const quoted = (url: string | undefined): EmbeddedPage | undefined =>
    url === undefined ? undefined : { url, ...(title !== '' && { title }) };
  if (isOf('twitter-tweet') || isOf('twitter-video')) {
    return quoted(
      listLinks(element).findLast((url) =>
        /^https:\/\/(?:[a-z]+\.)?(?:twitter|x)\.com\/\w+\/status\//.test(url),
      ),
    );
  }
  if (isOf('bluesky-embed')) {
    return quoted(
      listLinks(element).findLast((url) => /^https:\/\/bsky\.app\/profile\/[^/]+\/post\//.test(url)),
    );
  }
  if (isOf('instagram-media')) return quoted(dropQuery(properties['dataInstgrmPermalink']));
  if (isOf('tiktok-embed')) return quoted(dropQuery(properties['cite']));
  if (isOf('codepen') && properties['dataUser'] && properties['dataSlugHash']) {
    return {
      ...quoted(
        `https://codepen.io/${String(properties['dataUser'])}/pen/${String(properties['dataSlugHash'])}`,
      ),
      ...(typeof properties['dataPenTitle'] === 'string' && { title: properties['dataPenTitle'] }),
    } as EmbeddedPage;
  }
  return undefined;
}

function listLinks(element: Element): readonly string[] {
  return element.children.flatMap((child) => {
    if (child.type !== 'element') return [];
    const url = child.tagName === 'a' ? dropQuery(child.properties['href']) : undefined;
    return url === undefined ? listLinks(child) : [url];
  });
}

function dropQuery(url: unknown): string | undefined {
  const address = typeof url === 'string' ? parseAddress(url) : undefined;
  return address && `${address.origin}${address.pathname}`;
}

function parseAddress(text: string): URL | undefined {
  if (text.trim() === '' || !URL.canParse(text.trim(), nowhere)) return undefined;
  const address = new URL(text.trim(), nowhere);
  return /^https?:$/.test(address.protocol) ? address : undefined;
}

function readPage(pages: Readonly<Record<string, ReadPage>>, address: URL): string | undefined {
  const host = address.hostname.replace(/^www\./, '');
  const path = address.pathname.split('/').filter((segment) => segment !== '');
  return Object.hasOwn(pages, host) ? pages[host]?.(address, path) : undefined;
}

function readYoutube({ searchParams }: URL, [kind, id]: readonly string[]): string | undefined {
  const list = searchParams.get('list');
  if (kind !== 'embed') return undefined;
  if (list !== null && (id === undefined || id === 'videoseries'))
    return `https://www.youtube.com/playlist?list=${list}`;
  if (id === undefined) return undefined;
  const start = searchParams.get('start');
  return `https://www.youtube.com/watch?v=${id}${start === null ? '' : `&t=${start}s`}`;
}

function readGist({ searchParams }: URL, path: readonly string[]): string | undefined {
  if (path.length === 0) return undefined;
  return addressGist(
    path.join('/').replace(/\.(?:js|pibb|html)$/, ''),
    searchParams.get('file') ?? undefined,
  );
}

function readAsciinema(_: URL, [kind, id]: readonly string[]): string | undefined {
  return kind === 'a' && id ? `https://asciinema.org/a/${id.replace(/\.js$/, '')}` : undefined;
}

function withoutParameters(address: URL, names: readonly string[]): string {
  const page = new URL(address);
  for (const name of names) page.searchParams.delete(name);
  return page.href;
}
