import type { Nodes } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';

const refused = new Set('script iframe frame object embed applet portal form link noscript'.split(' '));

/** What of a document could run, load more than pictures, or lead away without a click; an empty list for one that is safe. */
export function findActive(html: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'element') {
      const { tagName, properties } = node;
      if (refused.has(tagName)) found.push(`<${tagName}>`);
      for (const [name, value] of Object.entries(properties)) {
        const text = String(value);
        if (/^on/i.test(name) || name === 'srcDoc') found.push(`<${tagName} ${name}>`);
        if (
          /^(?:href|action|formAction|xLinkHref)$/.test(name) &&
          !/^(?:https?:|ftp:|mailto:|tel:|about:srcdoc#|$)/i.test(text)
        ) {
          found.push(`<${tagName} ${name}="${text}">`);
        }
        if (name === 'src' && !/^(?:https?:|data:image\/)/i.test(text))
          found.push(`<${tagName} src="${text}">`);
        if (name === 'httpEquiv' && text !== 'content-security-policy') found.push(`<meta ${text}>`);
      }
    }
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(unified().use(rehypeParse).parse(html));
  if (!html.includes(`content="default-src 'none'; img-src http: https: file: data:;`))
    found.push('no policy');
  return found;
}
