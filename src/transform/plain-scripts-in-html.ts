import { readTags } from '../reading/html/read-tags.ts';
import { spellScript } from './plain-scripts.ts';

/** Raw HTML whose raised and lowered words are as plain text has them, as `spellScripts` writes them. */
export function spellScriptsInHtml(html: string): string {
  // A look at the text, since few have any.
  if (!/<su[bp][\s>]/i.test(html)) return html;
  const tags = readTags(html);
  let spelled = '';
  let last = 0;
  for (const [index, open] of tags.entries()) {
    const close = tags[index + 1];
    const isScript = open.kind === 'open' && (open.name === 'sup' || open.name === 'sub');
    if (!isScript || close?.kind !== 'close' || close.name !== open.name) continue;
    const inside = html.slice(open.end, close.start);
    if (inside === '' || inside.includes('<')) continue;
    const before = html.slice(Math.max(0, open.start - 10), open.start);
    spelled += html.slice(last, open.start) + spellScript(open.name, inside, before);
    last = close.end;
  }
  return spelled + html.slice(last);
}
