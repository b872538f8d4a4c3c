import type { Element, Nodes, RootContent } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDevto } from '../../src/rehearsal/devto/start.ts';
import type { StandIn } from '../../src/rehearsal/stand-in.ts';
import { chooseContent } from '../../src/transform/choose-content.ts';
import { asPage } from '../../src/views/document.ts';
import { viewCopy } from '../../src/views/view-copy.ts';
import { outlineHtml } from '../targets/forem-outline.ts';
import { readForem } from '../targets/forem-reader.ts';
import { fixtures, fixtureTargets, siteAround } from '../rendition-fixtures.ts';
import { openFolder } from '../workspace.ts';

const cleanUps: (() => unknown)[] = [];
let standIn: StandIn;
let at = Date.UTC(2026, 10, 1);

beforeAll(async () => {
  const folder = openFolder((work) => void cleanUps.push(work));
  standIn = await startDevto({ folder, apiKey: 'invented', now: () => (at += 600_000) });
});

afterAll(async () => {
  await standIn.close();
  for (const cleanUp of cleanUps) cleanUp();
});

function findAll(node: Nodes, matches: (element: Element) => boolean): readonly Element[] {
  if (node.type === 'element' && matches(node)) return [node];
  return 'children' in node ? node.children.flatMap((child) => findAll(child, matches)) : [];
}

/** What is shown below a node, one line an element or a text: its name, and whatever it says of itself. */
function listElements(nodes: readonly RootContent[], depth = 0): readonly string[] {
  return nodes.flatMap((node) => {
    const at = ' '.repeat(depth);
    if (node.type === 'text') return node.value.trim() === '' ? [] : [at + node.value];
    if (node.type !== 'element') return [];
    const { tagName, properties, children } = node;
    return [`${at}${tagName} ${JSON.stringify(properties)}`, ...listElements(children, depth + 1)];
  });
}

/** The title, the cover, the tags and the body of an article, as its document has them. */
function readArticle(html: string): readonly string[] {
  const names = new Set<unknown>(['title', 'cover', 'tags', 'body']);
  const found = findAll(unified().use(rehypeParse).parse(html), ({ properties }) =>
    [properties['className'] ?? []].flat().some((name) => names.has(name)),
  );
  return listElements(found);
}

const target = fixtureTargets.find(({ kind }) => kind === 'devto');

/** dev.to takes no title as long as the one of this fixture. */
const taken = fixtures.filter(({ name }) => name !== 'title-for-dev');

test.each(taken)('the view of $name is what the stand-in shows of it', async ({ post, content }) => {
  if (target === undefined) throw new Error('no target for dev.to');
  const site = siteAround(post);
  const made = await target.render(post, chooseContent(content, target), site);
  const { body, fields } = made.rendition;
  const response = await fetch(`${standIn.url}/api/articles`, {
    method: 'POST',
    headers: { 'api-key': 'invented', 'user-agent': 'a test', 'content-type': 'application/json' },
    body: JSON.stringify({
      article: {
        ...fields,
        canonical_url: `https://example.com/${at}`,
        body_markdown: body,
        published: true,
        ai_disclosure_level: 'no_ai',
      },
    }),
  });
  const article = (await response.json()) as { readonly url: string; readonly body_html: string };
  expect(response.status).toBe(201);
  const page = await (await fetch(article.url)).text();
  const { frames } = await viewCopy(target, made, post, site);
  const shown = readArticle(asPage(frames[0]?.html ?? ''));
  expect(shown).toEqual(readArticle(page));
  expect(shown.length).toBeGreaterThan(1);
  const answered = unified().use(rehypeParse, { fragment: true }).parse(article.body_html);
  expect(outlineHtml(answered)).toEqual(outlineHtml(readForem(body)));
});
