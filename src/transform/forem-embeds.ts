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
  /^https:\/\/stackblitz\.com\/edit\/[\w-]+$/,
  /^https:\/\/jsfiddle\.net\/[\w-]+\/[\w-]+\/?$/,
  /^https:\/\/replit\.com\/@[\w-]+\/[\w-]+$/,
  /^https:\/\/gist\.github\.com\/[a-z\d-]{1,39}\/[a-f\d]{1,32}$/i,
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

/** Whether an address is one that Forem's `embed` tag is sure to know. */
export function namesPage(url: string): boolean {
  const address = writePage(url);
  return !/[\s{}"'<>`]/.test(address) && pages.some((page) => page.test(address));
}

/** An address as Forem's tag takes it: it knows a post on X only with a name before `status`. */
export function writePage(url: string): string {
  return url.replace(/^(https:\/\/(?:twitter|x)\.com\/i\/)web\/(?=status\/)/, '$1');
}
