/** What stands in for a page that Forem shows in a frame. */
export interface Embed {
  /** Whose page it is, as people call it. */
  readonly name: string;
  /** The page, or what the tag names. */
  readonly what: string;
  /** Absent where the tag names no address. */
  readonly address?: string;
  /** Whether it is a film, which has a frame of 16:9. */
  readonly isFilm: boolean;
}

/** Sites by a part of their host, and by their tag's name, as people call them. */
const sites: readonly (readonly [part: RegExp, name: string])[] = [
  [/^youtube$|(?:^|\.)youtube\.com$|^youtu\.be$/, 'YouTube'],
  [/^vimeo$|(?:^|\.)vimeo\.com$/, 'Vimeo'],
  [/^twitch$|(?:^|\.)twitch\.tv$/, 'Twitch'],
  [/^loom$|(?:^|\.)loom\.com$/, 'Loom'],
  [/^mux$|(?:^|\.)mux\.com$/, 'Mux'],
  [/^gist$|^gist\.github\.com$/, 'GitHub Gist'],
  [/^github$|(?:^|\.)github\.com$/, 'GitHub'],
  [/^codepen$|(?:^|\.)codepen\.io$/, 'CodePen'],
  [/^codesandbox$|(?:^|\.)codesandbox\.io$/, 'CodeSandbox'],
  [/^stackblitz$|(?:^|\.)stackblitz\.com$/, 'StackBlitz'],
  [/^replit$|(?:^|\.)replit\.com$/, 'Replit'],
  [/^jsfiddle$|(?:^|\.)jsfiddle\.net$/, 'JSFiddle'],
  [/^spotify$|(?:^|\.)spotify\.com$/, 'Spotify'],
  [/^soundcloud$|(?:^|\.)soundcloud\.com$/, 'SoundCloud'],
  [/^(?:tweet|twitter)$|(?:^|\.)(?:twitter|x)\.com$/, 'X'],
  [/^bluesky$|(?:^|\.)bsky\.app$/, 'Bluesky'],
  [/^instagram$|(?:^|\.)instagram\.com$/, 'Instagram'],
  [/^reddit$|(?:^|\.)reddit\.com$/, 'Reddit'],
  [/^stackoverflow$|(?:^|\.)stackoverflow\.com$/, 'Stack Overflow'],
  [/^wikipedia$|(?:^|\.)wikipedia\.org$/, 'Wikipedia'],
  [/^asciinema$|(?:^|\.)asciinema\.org$/, 'asciinema'],
];

const films = new Set(['YouTube', 'Vimeo', 'Twitch', 'Loom', 'Mux']);

/** What a Liquid tag embeds: `embed` with an address, or a tag of its own with whatever it takes. */
export function describeEmbed(tag: string, markup: string): Embed {
  const [first = ''] = markup.split(/\s/, 1);
  const isAddress = /^https?:\/\//i.test(first) && URL.canParse(first);
  const key = tag !== 'embed' ? tag : isAddress ? new URL(first).hostname : '';
  const name =
    sites.find(([part]) => part.test(key))?.[1] ?? (key.replace(/^www\./, '') || 'An embedded page');
  return { name, what: markup, isFilm: films.has(name), ...(isAddress && { address: first }) };
}
