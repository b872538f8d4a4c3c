/**
 * The look of an article on dev.to: its measures and colours (forem/forem app/assets/stylesheets, checked November 2026). Code is on
 * black in both schemes, as it is there.
 */
export const articleStyle = `
:root {
  --page: light-dark(#f5f5f5, #000);
  --card: light-dark(#fff, #171717);
  --text: light-dark(#171717, #f5f5f5);
  --quiet: light-dark(#525252, #d4d4d4);
  --quieter: light-dark(#666, #a3a3a3);
  --line: light-dark(#e5e5e5, #404040);
  --soft: light-dark(#f5f5f5, #262626);
  --brand: light-dark(#3b49df, #9aa5fb);
}
body { background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
a { color: var(--brand); }
.article { max-width: 820px; margin: 0 auto; background: var(--card); overflow: hidden; }
.cover { display: block; width: 100%; aspect-ratio: 1000 / 420; object-fit: cover; background: var(--soft); }
.head { padding: 12px 12px 0; }
.draft { margin: 0; padding: 12px; background: light-dark(#fdecec, #3d1515); color: light-dark(#8a0d0d, #ffb8b8); text-align: center; }
.author { display: flex; align-items: center; gap: 12px; margin-bottom: 20px; font-size: .875rem; line-height: 1.3; }
.avatar { flex: none; width: 40px; height: 40px; border-radius: 50%; background: var(--brand); color: var(--card); display: grid; place-items: center; font-weight: 600; font-size: 1.1rem; }
.author strong { font-size: 1rem; font-weight: 700; }
.quiet { color: var(--quieter); font-size: .75rem; }
.quiet a { color: var(--quiet); }
h1.title { margin: 0 0 8px; font-size: 1.875rem; font-weight: 700; line-height: 1.25; letter-spacing: -.01em; }
.tags { display: flex; flex-wrap: wrap; gap: 2px 4px; margin: 0; padding: 0; list-style: none; font-size: .875rem; color: var(--quiet); }
.tags li { padding: 2px 6px; }
.tags li::before { content: "#"; opacity: .6; }
.series { max-width: 550px; margin: 16px auto; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.series h2 { margin: 0; padding: 12px 16px; font-size: 1.125rem; line-height: 1.3; }
.series h2 span { font-weight: 400; color: var(--quieter); }
.series ol { margin: 0; padding: 0; list-style: none; counter-reset: part; }
.series li { counter-increment: part; display: flex; align-items: center; gap: 12px; padding: 8px 16px; border-top: 1px solid var(--line); }
.series li::before { content: counter(part); flex: none; width: 32px; height: 32px; border-radius: 50%; background: var(--soft); color: var(--quiet); display: grid; place-items: center; }
.series li[aria-current]::before { background: var(--brand); color: var(--card); }
.series li[aria-current] { font-weight: 700; }
.series li > * { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.series a { color: inherit; text-decoration: none; }
.series li.coming { color: var(--quieter); }
.body { padding: 24px 12px 32px; font-size: 1.125rem; line-height: 1.6; position: relative; }
.body > :first-child { margin-top: 0; }
.body p, .body ul, .body ol, .body blockquote, .body details, .body dl { margin: 0 0 20px; }
.body p:empty { display: none; }
.body h1, .body h2, .body h3, .body h4, .body h5, .body h6 { margin: 32px 0 12px; line-height: 1.25; font-weight: 700; }
.body h1 { font-size: 1.75rem; } .body h2 { font-size: 1.5rem; } .body h3 { font-size: 1.3rem; }
.body h4 { font-size: 1.15rem; } .body h5, .body h6 { font-size: 1rem; }
.body .anchor { display: block; position: relative; top: -16px; }
.body ul, .body ol { padding-left: 1.75em; }
.body li { margin: 6px 0; } .body li > ul, .body li > ol { margin-bottom: 0; }
.body blockquote { padding: 4px 0 4px 20px; border-left: 4px solid var(--line); margin-inline: 0; }
.body blockquote > :last-child, .body li > :last-child, .body dd > :last-child { margin-bottom: 0; }
.body hr { width: 48px; margin: 48px auto; border: 0; border-top: 2px solid var(--line); }
.body img, .body video { display: block; margin: 0 auto; border-radius: 6px; max-width: 100%; }
.body figcaption { text-align: center; font-style: italic; font-size: .9rem; color: var(--quieter); }
.body code { padding: .1em .25em; border-radius: 6px; font: .85em/1.5 ui-monospace, SFMono-Regular, Consolas, "Liberation Mono", Menlo, monospace; background: light-dark(#e8e8e8, #333); }
.body pre { margin: 0 0 20px; padding: 16px; border-radius: 6px; background: #08090a; color: #f8f8f2; font-size: .9rem; tab-size: 4; position: relative; }
.body pre code { padding: 0; background: none; font-size: 1em; }
.code-comment { color: #8f8f8f; } .code-string { color: #f2ca27; } .code-literal { color: #dda0dd; }
.code-keyword { color: #f39c12; } .code-operator { color: #f9690e; } .code-name { color: #7ed07e; }
.body kbd { padding: 2px 6px; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; background: var(--soft); font: .8em ui-monospace, monospace; }
.body mark { background: light-dark(#fff3b0, #6b5b00); color: inherit; }
.table { overflow-x: auto; margin: 0 0 20px; }
.table table { border-collapse: collapse; font-size: .95rem; min-width: 50%; }
.table th, .table td { padding: 8px 12px; border: 1px solid var(--line); text-align: left; vertical-align: top; }
.table th { background: var(--soft); }
.table .align-center { text-align: center; } .table .align-right { text-align: right; }
.body details { padding: 12px 16px; border: 1px solid var(--line); border-radius: 6px; }
.body summary { cursor: pointer; font-weight: 600; }
.body details[open] summary { margin-bottom: 12px; }
.formula { display: block; overflow: auto hidden; margin: 20px 0; padding: 4px 0; position: relative; contain: paint; }
.inline-formula { display: inline-block; max-width: 100%; overflow: auto hidden; vertical-align: bottom; contain: paint; }
.diagram { margin: 0 0 20px; text-align: center; }
.diagram img { margin: 0 auto; padding: 12px; background: #fff; }
.diagram pre { text-align: left; }
.embed { display: block; margin: 0 0 20px; padding: 16px; border: 1px solid var(--line); border-radius: 6px; text-decoration: none; color: inherit; background: var(--soft); line-height: 1.4; }
.embed-name { display: block; font-weight: 700; }
.embed-what { display: block; font-size: .875rem; color: var(--quiet); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.film { aspect-ratio: 16 / 9; display: grid; align-content: end; padding: 0; background: #0b0b0c; color: #fff; border-color: #0b0b0c; position: relative; overflow: hidden; }
.film::before { content: "▶\\FE0E"; position: absolute; inset: 0; display: grid; place-items: center; font-size: 3.5rem; color: #fffc; }
.film .embed-name { padding: 0 16px; position: relative; } .film .embed-what { padding: 0 16px 14px; color: #cfcfcf; position: relative; }
@media (min-width: 640px) {
  .article { margin: 16px auto; border: 1px solid light-dark(#ececec, #262626); border-radius: 6px; }
  .head { padding: 32px 64px 0; }
  h1.title { font-size: 3rem; line-height: 1.2; font-weight: 800; letter-spacing: -.02em; }
  .tags { font-size: 1rem; }
  .body { padding: 32px 64px 48px; font-size: 1.25rem; }
  .body pre { padding: 24px; font-size: 1rem; }
  .series { margin: 24px auto; }
}
`;
