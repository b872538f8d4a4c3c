import { escapeHtml, escapeText } from '../base/escape-html.ts';
import type { Overview } from './define.ts';

/**
 * What the page may load. Frames without a source of their own inherit it, so that it also binds what posts show: from a server,
 * pictures of the web; in files, nothing but the files. `file:` stands for a page that was opened from a folder.
 */
export function pagePolicy(from: Overview['from']): string {
  const own = from === 'server' ? "'self'" : "'self' file:";
  const pictures = from === 'server' ? `${own} data: http: https:` : `${own} data:`;
  return [
    "default-src 'none'",
    `script-src ${own}`,
    `style-src ${own} 'unsafe-inline'`,
    `img-src ${pictures}`,
    `media-src ${pictures}`,
    `font-src ${own} data:`,
    ...(from === 'server' ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The page of the app, which shows what `from` has beside it. */
export function writeAppPage(from: Overview['from'], title: string): string {
  return `<!doctype html>
<html lang="en" data-from="${from}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${escapeHtml(pagePolicy(from))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeText(title)}: preview</title>
<link rel="stylesheet" href="app.css">
<script defer src="app.js"></script>
</head>
<body>
<div id="app"></div>
<noscript>This page needs JavaScript.</noscript>
</body>
</html>
`;
}
