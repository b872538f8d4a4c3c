import { escapeHtml } from '../base/escape-html.ts';
import { asPage } from '../views/document.ts';
import type { Reply } from './exchange.ts';

const style = `
:root { color-scheme: light dark; font: 1.05rem/1.65 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word; }
img, video { max-width: 100%; height: auto; }
pre { overflow: auto; padding: 1rem; border: 1px solid #8886; border-radius: .4rem; }
code { font-size: .9em; }
table { border-collapse: collapse; display: block; overflow: auto; }
th, td { border: 1px solid #8886; padding: .3rem .6rem; }
blockquote { margin-inline: 0; padding-left: 1rem; border-left: 4px solid #8886; }
.card { border: 1px solid #8886; border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
.card img { display: block; width: 100%; }
.quiet { opacity: .75; }
.text { white-space: pre-wrap; }
`;

/** A link target made safe for HTML: anything but http and https leads nowhere. */
export function escapeUrl(url: string): string {
  return /^(https?:\/)?\//i.test(url) ? escapeHtml(url) : '#';
}

/** What a page may load: pictures, films and sounds, and fonts that are in it. */
const policy =
  "default-src 'none'; img-src * data:; media-src *; style-src 'unsafe-inline'; font-src data:; form-action 'none'";

/** A document for a frame as a page for people. */
export function replyDocument(html: string): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
    body: asPage(html),
  };
}

/** A page for people. `head` and `body` are HTML. */
export function replyPage(page: {
  readonly title: string;
  readonly lang?: string;
  readonly head?: string;
  readonly body: string;
  readonly status?: number;
}): Reply {
  return {
    status: page.status ?? 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
    body: `<!doctype html>
<html lang="${escapeHtml(page.lang ?? 'en')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
${page.head ?? ''}<style>${style}</style>
</head>
<body>
${page.body}
</body>
</html>
`,
  };
}
