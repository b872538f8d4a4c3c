import { escapeText } from '../base/escape-html.ts';
import type { Post } from '../model/post.ts';
import type { Json, Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import type { Made, Renderer } from '../model/target.ts';
import type { View } from '../model/view.ts';
import { writeDocument } from './document.ts';

/** A copy as its readers will see it: as its target shows it, or, where the target has no view of its own, as it is sent. */
export async function viewCopy(target: Renderer, made: Made, post: Post, site: Site): Promise<View> {
  return target.preview === undefined ? viewPlainly(made.rendition, post) : target.preview(made, post, site);
}

const plainStyle = `
body { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem; font: 1rem/1.6 system-ui, sans-serif; }
dl { display: grid; grid-template-columns: minmax(5rem, max-content) 1fr; gap: .25rem 1rem; margin: 0 0 1.5rem; font-size: .9rem; }
dt { color: light-dark(#595959, #a8a8a8); }
dd { margin: 0; min-width: 0; white-space: pre-wrap; }
.text { white-space: pre-wrap; }
`;

/** What is sent, as it is: its fields, and below them its body. */
export function viewPlainly({ body, fields }: Rendition, post: Pick<Post, 'title' | 'lang'>): View {
  const rows = Object.entries(fields).filter(([, value]) => value !== null);
  const facts = rows.map(
    ([name, value]) =>
      `<dt>${escapeText(name.replaceAll('_', ' '))}</dt><dd>${escapeText(showValue(value))}</dd>`,
  );
  const html = writeDocument({
    title: post.title,
    lang: post.lang,
    style: plainStyle,
    body: `${facts.length === 0 ? '' : `<dl>${facts.join('')}</dl>\n`}<div class="text">${escapeText(body)}</div>`,
  });
  return { frames: [{ name: 'text', html }] };
}

function showValue(value: Json): string {
  if (typeof value === 'string') return value;
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return isList ? value.join(', ') : JSON.stringify(value);
}
