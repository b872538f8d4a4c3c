/** What stands before a line's own text in quotes and lists. */
const begin = String.raw`(?<=^|\n)[ \t>]*`;

const line = (pattern: string): RegExp => new RegExp(begin + pattern, 'gu');

/** What a text has to hold for a sign to be in it, and the sign. */
export type ForeignSign = readonly [needs: string, pattern: RegExp];

/**
 * What no prose has and nothing here translates, as it is written: the syntax of other languages for texts, and what other tools
 * add to markdown. Each is as long as a line at most, so that a search takes time in proportion to the text.
 */
export const foreignSigns: readonly ForeignSign[] = [
  // Org
  ['#+', line(String.raw`#\+[A-Za-z_]+(?::|[ \t\n]|$)[^\n]{0,300}`)],
  ['[[', /\[\[[^[\]\n]{1,300}\]\[[^[\]\n]{1,300}\]\]/g],
  ['D', line(String.raw`(?:SCHEDULED|DEADLINE|CLOSED):[ \t]+[<[]\d{4}-[^\n]{0,300}`)],
  // AsciiDoc
  ['==', line(String.raw`={2,6}[ \t]+\S[^\n]{0,300}`)],
  [
    '[',
    line(
      String.raw`\[(?:source|quote|verse|listing|cols|options|NOTE|TIP|IMPORTANT|WARNING|CAUTION)\b[^\]\n]{0,300}\](?=\n|$)`,
    ),
  ],
  ['::', line(String.raw`(?:image|include|video|audio|toc)::[^\s[]{0,300}\[[^\]\n]{0,300}\]`)],
  [
    ':',
    /(?<![\p{L}\p{N}])(?:link|xref|kbd|btn|menu|footnote|image|icon|pass|stem):[^\s[:]{0,300}(?::\/\/[^\s[]{0,300})?\[[^\]\n]{1,300}\](?![([])/gu,
  ],
  // reStructuredText and MyST
  ['.. ', line(String.raw`\.\. (?:[\w:+-]+::|_[^:\n]{1,300}:|\|[^|\n]{1,300}\|)[^\n]{0,300}`)],
  [':`', /:[a-z][\w+-]*(?::[\w+-]+)*:`[^`\n]{0,300}`/g],
  ['`_', /`[^`\n]{0,300}`__?(?![\p{L}\p{N}_])/gu],
  ['}`', /\{[a-zA-Z][\w:.+-]*\}`[^`\n]{0,300}`/g],
  [')=', line(String.raw`\([\w-]+\)=(?=\n|$)`)],
  // Pandoc
  ['~', /(?<=[^\n]\n)[ \t>]*~[ \t]+\S[^\n]{0,300}/g],
  ['|', /^\|[ \t]+[^|\n]{1,300}(?:\n[ \t>]*\|[ \t]+[^|\n]{1,300}){1,300}$/g],
  ['%', /(?:^%|(?<=^|\n)%%)[ \t]+\S[^\n]{0,300}/g],
  // Critic Markup, and GitLab's changes
  [
    '{',
    /\{(?:\+\+[^\n]{1,300}?\+\+|--[^\n]{1,300}?--|~~[^\n]{1,300}?~~|==[^\n]{1,300}?==|>>[^\n]{1,300}?<<)\}/g,
  ],
  [
    ']',
    /\[(?:\+[^\n]{1,300}?\+|-(?=\s)[^\n]{1,300}?-)\]|\{(?:\+(?!\+)[^\n]{1,300}?\+|-(?!-)[^\n]{1,300}?-)\}/g,
  ],
  ['$`', /\$`[^`\n]{0,300}`\$/g],
  // Obsidian, Logseq and Dataview
  ['[', line(String.raw`\[[~?>!/<-]\][ \t]+\S[^\n]{0,300}`)],
  ['::', /[[(][\p{L}][\p{L}\p{N}_ -]*::[ \t][^\])\n]{1,300}[\])]/gu],
  ['::', line(String.raw`[\p{L}][\p{L}\p{N}_-]*::[ \t]+\S[^\n]{0,300}`)],
  ['||', /\|\|(?=[^\s|])[^|\n]{1,300}(?<=[^\s|])\|\|/g],
  ['>!', />![^\n]{1,300}?!</g],
  // Sizes of pictures, and shortcodes of WordPress with an address
  ['=', /!\[[^\]\n]{0,300}\]\([^)\n]{1,300}[ \t]=(?:\d+%?)?x?(?:\d+%?)?\)/g],
  [
    'http',
    /\[(?:audio|embed|gist|instagram|soundcloud|spotify|tweet|video|vimeo|youtube)[ \t=]+https?:[^\]\n]{1,300}\](?![([:])/g,
  ],
  ['^^', /(?<![\p{L}\p{N}^])\^\^[^\s^][^^\n]{0,300}\^\^(?![\p{L}\p{N}^])/gu],
  // Includes
  ['<<', line(String.raw`<<(?:[[(]|\w+\()[^\n]{0,300}`)],
  ['@', line(String.raw`@(?:include|import|embed)\b[ \t("][^\n]{0,300}`)],
  ['!include', line(String.raw`!include\b[ \t("][^\n]{0,300}`)],
  ['{!', /\{![^{}\n]{1,300}!\}/g],
  // What markdown-it's plugins and others put before brackets
  [
    '](',
    /@\[[\w-]+\]\([^)\n]{0,300}\)|(?<![\p{L}\p{N}!])![a-z]+\[[^\]\n]{0,300}\]\([^)\n]{0,300}\)|!!\[[^\]\n]{0,300}\]\([^)\n]{0,300}\)/gu,
  ],
  // BBCode
  [
    '[/',
    /\[(b|i|u|s|url|img|quote|code|color|size|spoiler|center)(?:=[^\]\n]{0,300})?\][^]{0,2000}?\[\/\1\]/g,
  ],
  // Textile, Jira and Confluence
  ['. ', line(String.raw`(?:h[1-6]|bq|bc|p\([^)\n]{0,300}\))\.[ \t]+\S[^\n]{0,300}`)],
  ['":', /"[^"\n]{1,300}":(?:https?:\/\/|\/)\S+/g],
  [
    '{',
    /\{(code|panel|info|note|warning|tip|quote|noformat|color|expand)(?::[^{}\n]{0,300})?\}[^]{0,2000}?\{\1\}/g,
  ],
  ['|http', /\[[^\]|\n]{1,300}\|https?:[^\]\n]{1,300}\]/g],
  // MediaWiki
  ["''", /'''[^'\n]{1,300}'''/g],
  ['[http', /(?<!\])\[https?:\/\/[^\s\]]{1,300}[ \t][^\]\n]{1,300}\](?![([])/g],
  ['TOC__', /__(?:NO)?TOC__/g],
  ['{|', line(String.raw`\{\|[^\n]{0,300}`)],
  ['[[http', /\[\[https?:[^\]\n]{1,300}\]\]/g],
  ['[[', /\[\[(?:category|file|image|media):[^\]\n]{0,300}\]\]/gi],
  // TeX and Typst
  ['\\', /(?<!\\)\\(?:newpage|pagebreak|clearpage|noindent|tableofcontents)\b/g],
  [
    '\\',
    /(?<!\\)\\(?:begin|end|cite[pt]?\*?|ref|eqref|label|text(?:bf|it|tt)|emph|url|href|footnote|(?:sub)*section\*?|includegraphics)(?:\[[^\]\n]{0,300}\])?\{[^}\n]{0,300}\}?/g,
  ],
  [
    '#',
    line(
      String.raw`#(?:(?:set|show)[ \t]+[\w.]+[ \t]*[(:]|let[ \t]+\w+[^=\n]{0,300}=|(?:import|include)[ \t]+"|(?:align|figure|image|link|pagebreak|table)\()[^\n]{0,300}`,
    ),
  ],
  ['=', /^=[ \t]+\S[^\n]{0,300}$/g],
];

/** Indices as Pandoc and PyMdown have them: `2^10^`, `H~2~O`. */
export const scriptSigns: readonly ForeignSign[] = [
  ['^', /(?<=[\p{L}\p{N})])\^[^\s^`]{1,300}\^/gu],
  ['~', /(?<=[\p{L}\p{N}])~[^\s~`]{1,300}~(?!~)/gu],
];

/** What Pandoc quotes, where a post is not read as Quarto's. */
export const citationSigns: readonly ForeignSign[] = [
  ['@', /\[-?@(?=[^\]\n]{0,300}[\d,;])[\w:.#$%&+?~-]+(?:[;,][^\]\n]{0,300})?\](?![([])/g],
];

/** What other languages for templates would run. */
export const foreignTemplates: readonly ForeignSign[] = [
  ['{', /[$@%#]\{[\w.]+\}/g],
  ['{', /\{#(?=\s)[^{}]{0,300}#\}/g],
  ['<', /<\/?#\w+[^<>\n]{0,300}>/g],
  ['[%', /\[%[^\n]{1,300}?%\]/g],
  [
    '{',
    /\{(?:[#/:](?:if|each|await|key|else|then|catch|snippet)|@(?:html|debug|render|const|attach))\b[^{}\n]{0,300}\}/g,
  ],
  ['{', /\{\$[ \t][^\n]{1,300}?[ \t]\$\}/g],
];

/** A code such as `:tada:`, which many sites show as an emoji. */
export const emojiCode = /(?<![\p{L}\p{N}_:/\\`{]):(?:[a-z]\w*|[+-]1):(?![\p{L}\p{N}_`])/gu;

/** Languages of code that a tool runs in the author's own notes. */
export const runLanguages =
  /^(?:dataview|dataviewjs|tasks|query|button|excalidraw|base|ad-[\w-]+|\{(?:eval-rst|include|literalinclude|list-table|csv-table|tab-set|tab-item|card|grid|grid-item|toctree|contents|embed|iframe|exercise|solution|proof:\w+|automodule|autoclass|autofunction|glossary|bibliography)\})$/i;

/** Code in a line that Dataview runs. */
export const runCode = /^(?:=\s*(?:this\.|\w+\()|\$=\s*\S)/;
