import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { listRules } from '../../scripts/generate.ts';
import type { Diagnostic, RuleId, Rules } from '../../src/model/diagnostic.ts';
import type { Post } from '../../src/model/post.ts';
import { dropSilenced, findSilenceFaults } from '../../src/blog/silence.ts';
import { examplePost } from '../examples.ts';
import { makeSmallBlog, today, writePost } from '../small-blog.ts';
import { root, writeFiles } from '../workspace.ts';

const project = fileURLToPath(root);
const sections = await listRules();
const rules = Object.assign({}, ...sections.map((section) => section.rules)) as Rules;

function readFiles(pattern: string): string {
  return globSync(pattern, { cwd: project })
    .map((file) => readFileSync(`${project}/${file}`, 'utf8'))
    .join('\n');
}

describe('the catalogue of rules', () => {
  it('has each rule once', () => {
    const all = sections.flatMap((section) => Object.keys(section.rules));
    expect(new Set(all).size).toBe(all.length);
  });

  it('knows every rule by its type, so that no fault is of one that is in none', () => {
    expectTypeOf<
      'devto-tag-count' | 'post-merge-tag' | 'feed-title' | 'audit-tags' | 'import-file'
    >().toExtend<RuleId>();
    expectTypeOf<'devto-tags-counted'>().not.toExtend<RuleId>();
    expectTypeOf<string>().not.toExtend<RuleId>();
  });

  it('has no rule that no test has seen', () => {
    const tests = `${readFiles('tests/**/*.ts')}\n${readFiles('tests/{renditions,letters}/*/diagnostics.txt')}`;
    expect(Object.keys(rules).filter((rule) => !tests.includes(rule))).toEqual([]);
  });
});

function faultOf(rule: RuleId, severity: Diagnostic['severity']): Diagnostic {
  return { rule, severity, message: 'Wrong.', remedy: 'Mend it.', file: 'posts/a.md', line: 1, column: 1 };
}

function postWith(silence: Post['silence']): Post {
  return { ...examplePost('a'), ...(silence && { silence }), places: { silence: { line: 4, column: 1 } } };
}

describe('silencing a rule for one post', () => {
  const optional = {
    'post-body-empty': { severity: 'error', wrong: 'A.', remedy: 'B.', optional: true },
  } as const;

  it('drops warnings of the rules named, and no others', () => {
    const faults = [faultOf('post-merge-tag', 'warning'), faultOf('post-body-empty', 'warning')];
    expect(dropSilenced(faults, postWith({ 'post-merge-tag': 'the subject' }), rules)).toEqual([faults[1]]);
    expect(dropSilenced(faults, postWith(undefined), rules)).toEqual(faults);
  });

  it('drops an error only where the rule allows it', () => {
    const post = postWith({ 'post-body-empty': 'known', 'devto-body-size': 'wishful' });
    const faults = [faultOf('post-body-empty', 'error'), faultOf('devto-body-size', 'error')];
    expect(dropSilenced(faults, post, { ...rules, ...optional })).toEqual([faults[1]]);
  });

  it('reports rules that do not exist or cannot be silenced', () => {
    const post = postWith({ 'post-merge-tags': 'x', 'devto-body-size': 'x', 'devto-code-plain': 'x' });
    expect(findSilenceFaults(post, rules)).toMatchObject([
      { rule: 'post-silence-unknown', remedy: 'Did you mean "post-merge-tag"?', line: 4 },
      { rule: 'post-silence-unknown', message: expect.stringContaining('cannot be silenced') },
    ]);
  });
});

const devto = 'devto: { kind: devto, url: "http://127.0.0.1:1", ai_disclosure: no_ai }';

describe('rules as check reports them', () => {
  it('leaves out what is silenced with a reason, in every format', async () => {
    const date = `date: ${today}\n`;
    const matter = `${date}tags: [a]\nsilence: { post-merge-tag: the post is about them }\n`;
    const blog = makeSmallBlog([devto], {
      silent: writePost('Dear {first_name}', matter),
      loud: writePost('Dear {first_name}', `${date}tags: [a]\n`),
    });
    const { stderr, stdout, code } = await blog.run('check', '--all');
    expect(stderr.match(/^.+ post-merge-tag/gm)).toEqual([
      'posts/loud.md:2:1 warning post-merge-tag',
      'posts/loud.md:7:6 warning post-merge-tag',
    ]);
    expect(stdout).toMatch(/^2 posts checked: 0 errors, 2 warnings\.\n/);
    expect(code).toBe(0);
  });

  it('reports what is wrong with `silence` and `syndicate`, and lists that go too deep', async () => {
    const deep = '>'.repeat(1000);
    const blog = makeSmallBlog([devto], {
      list: writePost('Listed', `date: ${today}\ntags: [a]\nsilence: [post-merge-tag]\n`),
      unknown: writePost('Unknown', `date: ${today}\ntags: [a]\nsyndicate: { devtoo: true }\n`),
      deep: writePost(`Deep\n\n${deep} text`, `date: ${today}\ntags: [a]\n`),
    });
    const { stderr, code } = await blog.run('check');
    expect(stderr).toContain('posts/list.md:5:1 warning post-silence-invalid');
    expect(stderr).toContain('posts/unknown.md:5:1 warning post-syndicate-unknown');
    expect(stderr).toContain('posts/deep.md:1:1 error post-too-deep');
    expect(code).toBe(1);
  });

  it('reports what is wrong in the body of a file that is no post', async () => {
    const blog = makeSmallBlog([devto], { fine: writePost('Fine') });
    const columns = (cell: string): string => `${cell.repeat(1000)}|\n`;
    writeFiles(blog.folder, {
      'wide.md': columns('|a') + columns('|-') + '|b|\n'.repeat(100),
      'deep.md': `---\ntitle: Deep\n---\n\n${'>'.repeat(1000)} text\n`,
      'odd.mdx': '---\ntitle: Odd\n---\n\n{a\n',
    });
    const { stderr, code } = await blog.run('check', 'wide.md', 'deep.md', 'odd.mdx');
    expect(stderr.match(/^.+ error post-(?:un|too).+?(?= )/gm)).toEqual([
      'deep.md:1:1 error post-too-deep',
      'odd.mdx:6:1 error post-unreadable',
      'wide.md:1:1 error post-too-costly',
    ]);
    expect(code).toBe(1);
  });

  it('tells of items of a feed without a title, and of content that is no markdown', async () => {
    const blog = makeSmallBlog([devto], {});
    const item =
      '<item><link>https://example.com/a</link><pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate>' +
      '<description>&lt;p&gt;Text.&lt;/p&gt;&lt;form&gt;Sign up&lt;/form&gt;</description></item>';
    writeFiles(blog.folder, {
      'feed.xml': `<rss version="2.0"><channel><title>F</title><link>https://example.com</link>${item}</channel></rss>`,
    });
    const { stderr } = await blog.run('import', 'feed.xml', '--out', 'imported');
    expect(stderr).toContain('feed-title');
    expect(stderr).toContain('feed-content');
  });
});
