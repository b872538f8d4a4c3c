import { escapeHtml, escapeText } from '../base/escape-html.ts';
import type { Overview, PostView } from './define.ts';

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
  return writePage({
    from,
    title,
    head: '<link rel="stylesheet" href="app.css">\n<script defer src="app.js"></script>\n',
    body: '<div id="app"></div>\n<noscript>This page needs JavaScript.</noscript>',
  });
}

const plainStyle = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 1rem auto; padding: 0 1rem; }
table { border-collapse: collapse; display: block; overflow: auto; }
th, td { padding: .3rem .8rem .3rem 0; text-align: left; vertical-align: top; }
iframe { width: 100%; height: 40rem; border: 1px solid #8886; background: Canvas; }
.banner { padding: .5rem 1rem; border: 1px solid #8886; }
`;

/** The posts and where their copies stand, for a browser without the app. */
export function writePlainList(overview: Overview, link: (data: string) => string): string {
  const { targets, posts, banner, problem, site } = overview;
  const head = ['Post', 'Date', ...targets.map(({ name }) => name), 'Faults'];
  const rows = posts.map(({ title, data, local, draft, states, faults }) => {
    const name =
      data === undefined ? escapeText(title) : `<a href="${escapeHtml(link(data))}">${escapeText(title)}</a>`;
    const cells = targets.map((target) => {
      const { state = 'off', reason = '' } = states[target.name] ?? {};
      return `<td title="${escapeHtml(reason)}">${state}</td>`;
    });
    const count = faults.errors + faults.warnings;
    return `<tr><td>${name}</td><td>${draft ? 'draft' : (local ?? '').slice(0, 10)}</td>${cells.join('')}<td>${count === 0 ? '' : count}</td></tr>`;
  });
  const told = [...banner, ...(problem === undefined ? [] : [`${problem.message} ${problem.remedy}`])];
  return writePage({
    from: overview.from,
    title: site.title,
    head: `<style>${plainStyle}</style>\n`,
    body: `<h1>${escapeText(site.title)}</h1>
<p class="banner">${told.map(escapeText).join(' ')}</p>
<table><thead><tr>${head.map((name) => `<th>${escapeText(name)}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`,
  });
}

/** A post's copies one below the other, for a browser without the app. */
export function writePlainPost(view: PostView, from: Overview['from'], home: string): string {
  const { original, copies, diagnostics } = view;
  const frames = copies.flatMap(({ target, view: own, state }) => [
    `<h2>${escapeText(target)}</h2>\n<p>${escapeText(`${state.state}: ${state.reason}`)}</p>`,
    ...(own?.frames ?? []).map(
      ({ name, html }) => `<h3>${escapeText(name)}</h3>\n${writeFrame(`${target}, ${name}`, html)}`,
    ),
  ]);
  const faults = diagnostics.map(({ file, line, column, message, editorUrl }) => {
    const place = escapeText(`${file}:${line}:${column}`);
    const link = editorUrl === undefined ? place : `<a href="${escapeHtml(editorUrl)}">${place}</a>`;
    return `<li>${link} ${escapeText(message)}</li>`;
  });
  return writePage({
    from,
    title: original.title,
    head: `<style>${plainStyle}</style>\n`,
    body: `<p><a href="${escapeHtml(home)}">All posts</a></p>
<h1>${escapeText(original.title)}</h1>
<ul>${faults.join('\n')}</ul>
<h2>Original</h2>
${writeFrame('Original', original.html)}
${frames.join('\n')}`,
  });
}

function writeFrame(title: string, html: string): string {
  return `<iframe sandbox title="${escapeHtml(title)}" srcdoc="${escapeHtml(html)}"></iframe>`;
}

function writePage(page: {
  readonly from: Overview['from'];
  readonly title: string;
  readonly head: string;
  readonly body: string;
}): string {
  return `<!doctype html>
<html lang="en" data-from="${page.from}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${escapeHtml(pagePolicy(page.from))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${escapeText(page.title)}: preview</title>
${page.head}</head>
<body>
${page.body}
</body>
</html>
`;
}
