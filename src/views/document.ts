import { escapeHtml } from '../base/escape-html.ts';

/**
 * What a document may load: pictures, films and sounds, also those beside a page that was opened from a folder, and nothing that runs,
 * asks or leads elsewhere.
 */
const policy = [
  "default-src 'none'",
  'img-src http: https: file: data:',
  'media-src http: https: file: data:',
  "style-src 'unsafe-inline'",
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** What all documents have: boxes that count their borders, and pictures that stay inside. */
const baseStyle = `
:root { color-scheme: light dark; }
:root[data-scheme="light"] { color-scheme: light; }
:root[data-scheme="dark"] { color-scheme: dark; }
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; overflow-wrap: break-word; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
img { max-width: 100%; height: auto; }
pre { overflow: auto; }
`;

/** A link within the document, which in a frame made of text would else lead to the page around it. */
const inside = /(<a\b[^<>]*?\shref=")(?:about:srcdoc)?#/g;

function leadInside(html: string): string {
  return html.replaceAll(
    inside,
    (_whole, start: string) => `${start.replace(/^<a/, '<a target="_self"')}about:srcdoc#`,
  );
}

/** A document for a frame as a page with an address of its own. */
export function asPage(html: string): string {
  return html.replaceAll(inside, '$1#');
}

/** A document for a frame. `title` and `lang` are plain text, `style` is CSS of ours, and `head` and `body` are HTML that runs nothing. */
export function writeDocument(page: {
  readonly title: string;
  readonly lang: string;
  /** `auto` where it is written from the side that its language is; else from the left, as on platforms that ask no language. */
  readonly dir?: 'auto';
  readonly style: string;
  readonly head?: string;
  readonly body: string;
}): string {
  return `<!doctype html>
<html data-scheme="auto" lang="${escapeHtml(page.lang)}"${page.dir === undefined ? '' : ' dir="auto"'}>
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<base target="_blank">
<title>${escapeHtml(page.title)}</title>
${page.head ?? ''}<style>${baseStyle}${page.style}</style>
</head>
<body>
${leadInside(page.body)}
</body>
</html>
`;
}
