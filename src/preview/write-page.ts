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

/** A sheet that is posted up: the page's sign among the tabs of a browser. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#1f4b99" d="M2 1h12v14H2z"/><path stroke="#fff" stroke-width="1.5" d="M4.5 4.5h7M4.5 8h7M4.5 11.5h4"/></svg>',
)}`;

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
<link rel="icon" href="${icon}">
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
