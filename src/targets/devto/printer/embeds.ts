/**
 * The pages that Forem shows in a frame or a card of their own kind (forem/forem app/liquid_tags, checked November 2026).
 * An address that fits none would be fetched for a card, and an article is refused if that fails.
 */
const pages: readonly RegExp[] = [
  /^https:\/\/(?:www\.)?youtube\.com\/(?:watch\?v=|embed\/)[\w-]{11}(?![\w-])/,
  /^https:\/\/youtu\.be\/[\w-]{11}(?![\w-])/,
  /^https:\/\/(?:player\.)?vimeo\.com\/(?:video\/)?\d+(?=$|[/?#])/,
  /^https:\/\/(?:www\.)?loom\.com\/(?:share|embed)\/[a-f\d]{32}(?=$|[?#])/,
  /^https:\/\/(?:www\.)?twitch\.tv\/videos\/\d+$/,
  /^https:\/\/open\.spotify\.com\/(?:track|album|artist|playlist|episode|show)\/\w+(?=$|\?)/,
  /^https:\/\/soundcloud\.com\/[\w-]+\/[\w-]+$/,
  /^https:\/\/codepen\.io\/[\w-]{1,30}\/(?:pen|embed)\/[a-z]{5,32}$/i,
  /^https:\/\/codesandbox\.io\/(?:embed|s)\/[\w-]+$/,
  /^https:\/\/stackblitz\.com\/edit\/[\w-]{1,60}(?:\?[\w.,:;/%=&+-]*)?$/,
  /^https:\/\/jsfiddle\.net\/[\w-]+\/[\w-]+\/?$/,
  /^https:\/\/replit\.com\/@[\w-]+\/[\w-]+$/,
  /^https:\/\/gist\.github\.com\/[a-z\d-]{1,39}\/[a-f\d]{1,32}(?: file=[\w.+-]+)?$/i,
  /^https:\/\/github\.com\/[a-z\d-]{1,39}\/[\w.-]+(?:\/(?:issues|pull)\/\d+)?$/i,
  /^https:\/\/asciinema\.org\/a\/\w+$/,
  /^https:\/\/dotnetfiddle\.net\/\w+$/,
  /^https:\/\/(?:twitter|x)\.com\/\w{1,15}\/status\/\d{10,20}$/,
  /^https:\/\/bsky\.app\/profile\/[\w.:-]+\/post\/\w+$/,
  /^https:\/\/(?:www\.)?instagram\.com\/p\/[\w-]+\/?$/,
  /^https:\/\/(?:www\.)?reddit\.com\/r\/\w+\/comments\/\w+\/\w+\/?$/,
  /^https:\/\/stackoverflow\.com\/(?:q|a|questions)\/\d{1,20}(?=$|\/)/,
  /^https:\/\/[a-z]{2,3}\.wikipedia\.org\/wiki\/[\w().,%-]+$/,
];

/** A gist, and which of its files: by name, or by an anchor, in which the name cannot be read any more. */
const gist = /^(https:\/\/gist\.github\.com\/[^?#]+)(?:\?file=([^&#]+))?(?:#file-[\w-]+)?$/;

/** Whether an address is one that Forem's `embed` tag is sure to know. */
export function namesPage(url: string): boolean {
  return !/[\s{}"'<>`]/.test(url) && pages.some((page) => page.test(writePage(url)));
}

/**
 * An address as Forem's tag takes it: a post on X has a name before `status`, and a gist is followed by its file, or shown
 * whole where only an anchor tells which file is meant.
 */
export function writePage(url: string): string {
  return url
    .replace(/^(https:\/\/(?:twitter|x)\.com\/i\/)web\/(?=status\/)/, '$1')
    .replace(gist, (_, address: string, file?: string) =>
      file === undefined ? address : `${address} file=${file}`,
    );
}
