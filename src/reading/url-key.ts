/** An address that is already in the form in which it is compared, but for slashes at its end: most of a blog's are. */
const plainAddress = /^https?:\/\/(?:[a-z\d]+(?:-[a-z\d]+)*\.)+[a-z]+(?:\/[\w-]+)*\/*$/;

/** The form under which addresses of pages are compared: without fragment and final slash, letters with accents in one form. */
export function urlKey(url: string): string {
  return plainAddress.test(url) ? url.replace(/\/+$/, '') : parseKey(url);
}

function parseKey(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return url;
  const { origin, host, protocol, pathname, search } = parsed;
  const place = origin === 'null' ? `${protocol}//${host}` : origin;
  return `${place}${joinAccents(pathname)}`.replace(/(?<!\/)\/+$/, '') + search;
}

/** A path whose letters are each one character: in some, an accent follows its letter. */
function joinAccents(path: string): string {
  return path.replaceAll(/[^%]?(?:%[89a-f][\da-f])+/gi, (letters) => {
    try {
      return encodeURI(decodeURI(letters).normalize('NFC'));
    } catch {
      return letters;
    }
  });
}

/** Parameters that only say how a reader came to a page. */
const tracking = /^(?:utm_\w+|ref|source|fbclid|gclid|mc_[ce]id)$/i;

/**
 * The keys of the page a link may lead to, likeliest first. A query can be part of the page's address, as in `?p=12`, with or
 * without what only counts readers, or be of no account; http and https lead to the same page, and so do a folder and the
 * `index.html` in it.
 */
export function linkKeys(url: string): readonly string[] {
  const key = urlKey(url);
  const [place, query] = splitAt(key, '?');
  const kept = query.split('&').filter((pair) => pair !== '' && !tracking.test(splitAt(pair, '=')[0]));
  const keys = [
    key,
    kept.length > 0 ? `${place}?${kept.join('&')}` : place,
    place.replace(/(?<!\/)\/+$/, ''),
  ];
  const all = keys.flatMap((each) => [each, each.replace(/\/index\.html?$/i, '')]);
  return [...new Set([...all, ...all.map(swapScheme)])];
}

function splitAt(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function swapScheme(key: string): string {
  return key.startsWith('https:') ? key.replace('https:', 'http:') : key.replace(/^http:/, 'https:');
}
