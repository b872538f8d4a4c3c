/** What prefixes mean at an element; the empty prefix is for names without one. */
export type Scope = Readonly<Record<string, string>>;

/** The prefixes that names are told with here, whatever a feed calls them, by namespace without its protocol and ending. */
const prefixes: Readonly<Record<string, string>> = {
  'www.w3.org/xml/1998/namespace': 'xml',
  'www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
  'www.w3.org/1999/xhtml': 'xhtml',
  'www.w3.org/2005/atom': 'atom',
  'purl.org/atom/ns': 'atom',
  'purl.org/rss/1.0/modules/content': 'content',
  'purl.org/dc/elements/1.0': 'dc',
  'purl.org/dc/elements/1.1': 'dc',
  'purl.org/dc/terms': 'dcterms',
  'search.yahoo.com/mrss': 'media',
  'www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'www.w3.org/2007/app': 'app',
  'purl.org/atom/app': 'app',
  'schemas.google.com/blogger/2018': 'blogger',
  'wordpress.org/export/1.0': 'wp',
  'wordpress.org/export/1.1': 'wp',
  'wordpress.org/export/1.2': 'wp',
  'wordpress.org/export/1.0/excerpt': 'excerpt',
  'wordpress.org/export/1.1/excerpt': 'excerpt',
  'wordpress.org/export/1.2/excerpt': 'excerpt',
  'rssnamespace.org/feedburner/ext/1.0': 'feedburner',
};

/** Namespaces of whole formats, whose elements have names without a prefix. */
const formats =
  /^(?:|www\.w3\.org\/2005\/atom|purl\.org\/atom\/ns|purl\.org\/(?:rss\/1\.0|net\/rss1\.1)|(?:my|channel)\.netscape\.com\/rdf\/simple\/0\.9|backend\.userland\.com\/rss.*|blogs\.law\.harvard\.edu\/tech\/rss|(?:www\.)?rssboard\.org\/.*|cyber\.harvard\.edu\/rss.*)$/;

/** A namespace without what people write in more than one way. */
function gistOf(namespace: string): string {
  return namespace
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '');
}

/** Whether a namespace is that of a feed format, or none. */
export function isFormat(namespace: string): boolean {
  return formats.test(gistOf(namespace));
}

/** The scope in an element: what its own attributes declare, and what is declared around it. */
export function widenScope(scope: Scope, attributes: Readonly<Record<string, string>>): Scope {
  const declared = Object.entries(attributes).flatMap(([name, value]) => {
    const prefix = name === 'xmlns' ? '' : /^xmlns:(.+)$/.exec(name)?.[1];
    return prefix === undefined ? [] : [[prefix, value] as const];
  });
  return declared.length === 0 ? scope : { ...scope, ...Object.fromEntries(declared) };
}

/** The format that a feed is in, whose elements have bare names. */
export interface Format {
  readonly isAtom: boolean;
  /** The namespace of the feed's outermost element, if it has one. */
  readonly own: string | undefined;
}

/**
 * The name of an element by its namespace: bare in the feed's own format, else with the prefix that is told here. A prefix that is
 * declared nowhere is taken at its word.
 */
export function nameElement(written: string, scope: Scope, { isAtom, own }: Format): string {
  const colon = written.indexOf(':');
  const prefix = colon === -1 ? '' : written.slice(0, colon);
  const local = written.slice(colon + 1);
  const namespace = Object.hasOwn(scope, prefix) ? scope[prefix] : undefined;
  if (namespace === undefined) return written;
  const told = prefixes[gistOf(namespace)];
  if (told === 'rdf') return `rdf:${local}`;
  if (namespace === own || (isFormat(namespace) && (told === 'atom') === isAtom)) return local;
  return told === undefined ? `{${namespace}}${local}` : `${told}:${local}`;
}

/** The name of an attribute by its namespace; one without a prefix is in none. */
export function nameAttribute(written: string, scope: Scope): string {
  const colon = written.indexOf(':');
  if (colon === -1) return written;
  const prefix = written.slice(0, colon);
  const namespace = Object.hasOwn(scope, prefix) ? scope[prefix] : undefined;
  const told = namespace === undefined ? prefix : prefixes[gistOf(namespace)];
  return told === undefined ? written : `${told}:${written.slice(colon + 1)}`;
}
