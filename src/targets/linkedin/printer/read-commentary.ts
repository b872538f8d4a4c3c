/** A commentary as its readers see it, from the way that LinkedIn takes it: hashtags as such, and no escapes. */
export function readCommentary(printed: string): string {
  return printed.replaceAll(
    /\{hashtag\|\\#\|([^}]*)\}|\\([\s\S])/g,
    (_all, hashtag?: string, character = '') => (hashtag === undefined ? character : `#${hashtag}`),
  );
}
