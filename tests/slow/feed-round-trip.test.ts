import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Nodes, Root } from 'mdast';
import { expect, test } from 'vitest';
import { describeSite } from '../../src/blog/describe-site.ts';
import { loadBlog } from '../../src/blog/load.ts';
import { loadConfig } from '../../src/config/load.ts';
import { dropFrontMatter } from '../../src/transform/drop-front-matter.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { prepareTree } from '../../src/transform/prepare-tree.ts';
import { openFolder, root } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

const signal = new AbortController().signal;

/**
 * What a tree says: no places, no empty fields, texts side by side as one, links by reference as links, code in no language as
 * such, footnotes by the order in which they are named and last.
 */
function settle(tree: Root): unknown {
  const labels = new Map<string, string>();
  const addresses = new Map(
    tree.children.flatMap((node) =>
      node.type === 'definition' ? [[node.identifier, node.url] as const] : [],
    ),
  );
  const label = (name: string): string => {
    if (!labels.has(name)) labels.set(name, String(labels.size + 1));
    return labels.get(name) ?? name;
  };
  const visit = (node: Nodes): unknown => {
    const { position: _, data: __, ...fields } = node;
    const kept = Object.fromEntries(
      Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== ''),
    );
    if (node.type === 'footnoteReference' || node.type === 'footnoteDefinition') {
      const name = label(node.identifier);
      Object.assign(kept, { identifier: name, label: name });
    }
    if (node.type === 'code' && node.lang === 'text') delete kept['lang'];
    if (node.type === 'linkReference') {
      for (const field of ['identifier', 'label', 'referenceType']) delete kept[field];
      Object.assign(kept, { type: 'link', url: addresses.get(node.identifier) });
    }
    if (node.type === 'text') kept['value'] = node.value.replaceAll(/\s+/g, ' ');
    if (!('children' in node)) return kept;
    const children: Record<string, unknown>[] = [];
    for (const child of node.children) {
      if (child.type === 'definition') continue;
      const settled = visit(child) as Record<string, unknown>;
      const last = children.at(-1);
      if (settled['type'] === 'break' && last?.['type'] === 'text')
        last['value'] = String(last['value']).trimEnd();
      if (settled['type'] === 'text' && last?.['type'] === 'text') {
        last['value'] = `${String(last['value'])}${String(settled['value'])}`;
      } else children.push(settled);
    }
    return { ...kept, children };
  };
  const settled = visit(tree) as { children: { type: string }[] };
  const isNote = ({ type }: { type: string }) => type === 'footnoteDefinition';
  return [...settled.children.filter((one) => !isNote(one)), ...settled.children.filter(isNote)];
}

test.each(['feed.xml', 'atom.xml', 'feed.json'])(
  'the sample posts come back from %s as the trees that readers are shown',
  async (name) => {
    const folder = openFolder();
    for (const part of ['config', 'posts'])
      cpSync(fileURLToPath(new URL(part, root)), join(folder, part), { recursive: true });
    const at = '2027-01-01T00:00:00Z';
    expect(await runCommand(folder, {}, ['build', '--at', at])).toMatchObject({ code: 0 });
    const imported = await runCommand(folder, {}, ['import', `out/site/${name}`, '--out', 'back']);
    expect(imported).toMatchObject({ code: 0 });
    expect(imported.stderr.split('\n').filter((line) => line.includes('feed-content'))).toEqual([]);

    const config = await loadConfig('config/broadside.yaml', folder);
    const blog = await loadBlog(config, signal);
    const site = describeSite(config, blog.posts, () => true);
    expect(readdirSync(join(folder, 'back')).toSorted()).toEqual(
      blog.posts.map(({ id }) => `${id}.md`).toSorted(),
    );
    for (const post of blog.posts) {
      const shown = prepareTree(post, await blog.read(post), site, post.title, 'feed').tree;
      const back = parsePost(readFileSync(join(folder, 'back', `${post.id}.md`), 'utf8'));
      dropFrontMatter(back);
      // Atom has no element for a cover, so it is only the picture that the text begins with.
      if (name === 'atom.xml' && post.cover !== undefined) back.children.shift();
      expect({ id: post.id, body: settle(back) }).toEqual({ id: post.id, body: settle(shown) });
    }
  },
);
