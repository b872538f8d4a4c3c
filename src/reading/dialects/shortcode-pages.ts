import { addressGist } from '../gist-address.ts';
import type { ShortcodeMeaning } from './meanings.ts';
import { nameTag, type Tag } from './shortcode-tag.ts';

/** The beginnings of the pages whose id a tag gives. */
const pages: Readonly<Partial<Record<ShortcodeMeaning, string>>> = {
  github: 'https://github.com/',
  instagram: 'https://www.instagram.com/p/',
  tweet: 'https://x.com/i/status/',
  vimeo: 'https://vimeo.com/',
  youtube: 'https://www.youtube.com/watch?v=',
};

const idNames = [
  'id',
  'url',
  'link',
  'src',
  'href',
  'video',
  'video_id',
  'videoid',
  'youtubeid',
  'youtube_id',
];

/** The page that a tag leads to by its meaning and its values; undefined where they do not tell one. */
export function readPage(meaning: ShortcodeMeaning, tag: Tag): string | undefined {
  const { named } = tag;
  const isInclude = tag.syntax === 'liquid' && tag.name.startsWith('include');
  const values = isInclude ? tag.values.slice(1) : tag.values;
  const [first = ''] = [...idNames.flatMap((name) => named[name] || []), ...values];
  if (/^https?:\/\/\S+$/i.test(first)) return first;
  if (meaning === 'gist') return readGist(values, named);
  if (meaning === 'embed') return readSpotify(tag) ?? providerPage(named['provider'] ?? nameTag(tag), first);
  const page = pages[meaning];
  const form = meaning === 'github' ? /^[\w.-]+\/[\w.-]+$/ : /^[\w-]+$/;
  if (page === undefined || !form.test(first)) return undefined;
  if (meaning === 'tweet') {
    const user = named['user'];
    return user !== undefined && /^\w+$/.test(user) ? `https://x.com/${user}/status/${first}` : page + first;
  }
  const start = named['start'];
  return page + first + (meaning === 'youtube' && start && /^\d+$/.test(start) ? `&t=${start}s` : '');
}

/** Pages of which a tag gives the id alone, by the name of the provider. */
const pagesByName: Readonly<Record<string, string>> = {
  asciinema: 'https://asciinema.org/a/',
  codesandbox: 'https://codesandbox.io/s/',
  glitch: 'https://glitch.com/edit/#!/',
  link: 'https://dev.to/',
  post: 'https://dev.to/',
  replit: 'https://replit.com/',
  speakerdeck: 'https://speakerdeck.com/player/',
  stackblitz: 'https://stackblitz.com/edit/',
  bilibili: 'https://www.bilibili.com/video/',
  loom: 'https://www.loom.com/share/',
  spotify: 'https://open.spotify.com/track/',
  twitch: 'https://www.twitch.tv/videos/',
  vimeo: 'https://vimeo.com/',
  youtube: 'https://www.youtube.com/watch?v=',
};

/** Minimal Mistakes, for Jekyll, names the provider of a video beside its id, Chirpy in the file's name; a film can also be a file of the site. */
function providerPage(provider: string | undefined, id: string): string | undefined {
  if (/^\.{0,2}\/\S+$/.test(id)) return id;
  const name = (provider?.split('/').at(-1) ?? '').replace(/\.\w+$/, '').toLowerCase();
  const page = Object.hasOwn(pagesByName, name) ? pagesByName[name] : undefined;
  const form = /^(?:link|post|replit)$/.test(name) ? /^@?[\w-]+\/[\w-]+$/ : /^[\w-]+$/;
  return page !== undefined && form.test(id) ? page + id : undefined;
}

/** Whom Forem's own tags name: a person, an organisation, or those who follow a tag. */
export function readForemName({ syntax, name, values }: Tag): { url: string; text: string } | undefined {
  const [word = '', ...others] = values;
  if (syntax !== 'liquid' || others.length > 0 || !/^@?[\p{L}\p{N}_-]+$/u.test(word)) return undefined;
  const plain = word.replace(/^@/, '');
  if (/^(?:user|org|organization)$/.test(name)) return { url: `https://dev.to/${plain}`, text: `@${plain}` };
  return name === 'tag' ? { url: `https://dev.to/t/${plain}`, text: `#${plain}` } : undefined;
}

const spotifyKinds = /^(?:album|artist|episode|playlist|show|track)$/;

/** Spotify's pages are of several kinds, which a tag names before the id, or by name. */
function readSpotify({ name, named, values }: Tag): string | undefined {
  const [first = '', second = ''] = values;
  const kind = named['type'] ?? named['kind'] ?? (second === '' ? undefined : first);
  const id = named['id'] ?? (second === '' ? first : second);
  return name === 'spotify' && kind !== undefined && spotifyKinds.test(kind) && /^\w+$/.test(id)
    ? `https://open.spotify.com/${kind}/${id}`
    : undefined;
}

function readGist(values: readonly string[], named: Tag['named']): string | undefined {
  const given = [named['user'] ?? named['username'], named['id'], ...values].filter(
    (value) => value !== undefined,
  );
  const [first = '', second = ''] = given;
  const isWhole = first.includes('/') || /^[\da-f]{20,}$|^\d+$/i.test(first);
  const name = isWhole ? first : `${first}/${second}`;
  const file = named['file'] ?? given[isWhole ? 1 : 2];
  return /^(?:[\w-]+\/)?[\da-f]+$/i.test(name) ? addressGist(name, file) : undefined;
}
