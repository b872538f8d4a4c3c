import highlight from '@11ty/eleventy-plugin-syntaxhighlight';

export default function configure(config) {
  config.addPlugin(highlight);
  config.addFilter('day', (date) => date.toISOString().slice(0, 10));
  config.addShortcode('xkey', (name) => `<kbd>${name.toUpperCase()}</kbd>`);
  config.addShortcode(
    'xshot',
    (name, caption) =>
      `<figure class="shot"><img src="/img/${name}-300.png" srcset="/img/${name}-300.png 300w, /img/${name}.png 1200w" alt="${caption}"><figcaption>${caption}, seen from the shore</figcaption></figure>`,
  );
  config.addShortcode('xfilm', (id) => `<lite-youtube videoid="${id}" playlabel="A flight"></lite-youtube>`);
  config.addPairedShortcode(
    'xbox',
    (content, kind, title) =>
      `<aside class="box box-${kind}">\n<p class="box-title">${title}</p>\n\n${content}\n\n</aside>`,
  );
  config.addPairedShortcode('xtabs', (content) => {
    const parts = content.trim().split(/^## /m).filter(Boolean);
    const names = parts.map((part) => part.split('\n')[0]);
    const tabs = names.map((name, at) => `<button role="tab" id="tab-${at}" aria-controls="panel-${at}">${name}</button>`);
    const panels = parts.map(
      (part, at) => `<div role="tabpanel" id="panel-${at}" aria-labelledby="tab-${at}">\n\n${part.slice(part.indexOf('\n'))}\n\n</div>`,
    );
    return `<div class="tabs"><div role="tablist">${tabs.join('')}</div>\n${panels.join('\n')}\n</div>`;
  });
  return { dir: { includes: '_includes', output: '_site' } };
}
