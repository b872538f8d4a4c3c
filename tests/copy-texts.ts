import { auditBody } from '../src/blog/audit-body.ts';
import { parsePost } from '../src/reading/parse.ts';
import { writeArticle } from '../src/targets/linkedin/article.ts';
import { showWrapped } from '../src/transform/show-wrapped.ts';
import { examplePost } from './examples.ts';
import { fixtureTargets, siteAround } from './rendition-fixtures.ts';
import { readForem } from './targets/forem-reader.ts';
import { readHtml, readText } from './words-of.ts';

const post = examplePost('post', { title: 'A post', summary: 'What it is of.' });

/** The text that readers of each copy of a post see, and what its author is told. */
export async function copyTexts(text: string): Promise<Readonly<Record<string, string>>> {
  const content = showWrapped({ tree: parsePost(text), digest: 'digest', text });
  const site = siteAround(post);
  const rendered = await Promise.all(
    fixtureTargets.map(async (target) => ({ target, ...(await target.render(post, content, site)) })),
  );
  const bodyOf = (kind: string): string =>
    rendered.find(({ target }) => target.kind === kind)?.rendition.body ?? '';
  const told = [...auditBody(post, content), ...rendered.flatMap(({ diagnostics }) => diagnostics)];
  const messages = told.map(({ message }) => message).join('\n');
  const copies = {
    devto: readForem(bodyOf('devto')),
    feed: readHtml(bodyOf('feed')),
    article: readHtml(writeArticle(post, content, site, 'linkedin')),
  };
  return Object.fromEntries(
    Object.entries(copies).map(([kind, tree]) => [kind, `${readText(tree)}\n${messages}`]),
  );
}
