import type { Family } from './family.ts';

/** Hugo's embedded shortcodes (https://gohugo.io/shortcodes/, checked December 2026); those named as what they stand for need no line. */
export const hugo = {
  shortcodes: {
    highlight: 'code',
    twitter: 'tweet',
    twitter_simple: 'tweet',
    vimeo_simple: 'vimeo',
    x: 'tweet',
    x_simple: 'tweet',
  },
} as const satisfies Family;

/**
 * Shortcodes of Hugo's most used themes: PaperMod, Stack, Blowfish and Congo, LoveIt with FixIt and DoIt, Hextra, Book, Docsy and
 * Relearn (their documentation, checked December 2026). What shows data of the site, such as a list of posts, has no line: only the
 * site's own page tells.
 */
export const hugoThemes = {
  shortcodes: {
    accordion: 'unwrap',
    accordionitem: 'details',
    badge: 'text',
    bilibili: 'embed',
    blockquote: 'quote',
    br: 'drop',
    button: 'link',
    card: 'unwrap',
    cardpane: 'unwrap',
    cards: 'unwrap',
    center: 'unwrap',
    clear: 'drop',
    col: 'unwrap',
    column: 'unwrap',
    columns: 'unwrap',
    fa: 'drop',
    fontawesome: 'drop',
    icon: 'drop',
    kbd: 'kbd',
    keyword: 'unwrap',
    keywordlist: 'unwrap',
    lead: 'unwrap',
    left: 'unwrap',
    ltr: 'unwrap',
    mark: 'unwrap',
    pageinfo: 'quote',
    right: 'unwrap',
    row: 'unwrap',
    rtl: 'unwrap',
    screenshot: 'figure',
    steps: 'unwrap',
    swatches: 'drop',
    tab: 'tab',
    tabpane: 'unwrap',
    tabs: 'unwrap',
    timeline: 'unwrap',
    timelineitem: 'tab',
    typeit: 'unwrap',
    youtubelite: 'youtube',
  },
} as const satisfies Family;
