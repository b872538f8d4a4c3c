import { escapeHtml } from '../base/escape-html.ts';

/** What a document may load: pictures, and nothing that runs, asks or leads elsewhere. */
const policy = [
  "default-src 'none'",
  'img-src http: https: data:',
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

/** A document for a frame. `title` and `lang` are plain text; `style` is CSS of ours, and `body` HTML that runs nothing. */
export function writeDocument(page: {
  readonly title: string;
  readonly lang: string;
  readonly style: string;
  readonly body: string;
}): string {
  return `<!doctype html>
<html data-scheme="auto" lang="${escapeHtml(page.lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<base target="_blank">
<title>${escapeHtml(page.title)}</title>
<style>${baseStyle}${page.style}</style>
</head>
<body>
${page.body}
</body>
</html>
`;
}
