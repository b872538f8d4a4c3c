import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { formatAnnotations } from '../../src/report/annotations.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Plan } from '../../src/model/plan.ts';
import { escapeMarkdown, formatLink } from '../../src/report/markdown.ts';
import { fitBlocks, reportCheck, reportPlan, reportPublish, table } from '../../src/report/summary.ts';
import type { CheckReport } from '../../src/report/show-check.ts';
import { cleanForTerminal, defuseCommands } from '../../src/base/terminal.ts';
import { exampleAction, examplePost, exampleRendition } from '../examples.ts';
import { walk } from '../../src/reading/walk.ts';
import { fc } from '../random-input.ts';

const parser = unified().use(remarkParse).use(remarkGfm);

/** The kinds of node that a text consists of, and its plain text. */
function readMarkdown(markdown: string): { readonly kinds: ReadonlySet<string>; readonly text: string } {
  const kinds = new Set<string>();
  let text = '';
  walk(parser.parse(markdown), (node) => {
    kinds.add(node.type);
    if (node.type === 'text') text += node.value;
  });
  return { kinds, text: text.replaceAll('\u200B', '') };
}

const plan: Plan = {
  version: 2,
  createdAt: '2026-11-21T09:00:00Z',
  expiresAt: '2026-11-28T09:00:00Z',
  config: 'config',
  ledger: 'files in ledger',
  paused: false,
  diagnostics: [],
  actions: [
    exampleAction('create', 'one'),
    exampleAction('hold', 'two', { reason: 'drifted', note: 'a | b', ledgerLength: 2 }),
    exampleAction('hold', 'ancient', { reason: 'old' }),
    exampleAction('wait', 'one', { at: '2026-12-01T08:30:00Z', target: 'linkedin' }),
  ],
};
const context = {
  posts: [examplePost('one'), examplePost('two')],
  timezone: 'Europe/London',
  renditions: [exampleRendition('one', { body: 'Line one\n</pre><b>@you</b>' })],
};

describe('text from outside', () => {
  const unit = fc.constantFrom(
    ...'` * _ [ ] ( ) < > # ! | ~ $ & @ : \\ / . - + g h 1 a w "'.split(' '),
    ' ',
    '\n',
    '\t',
    '://',
    'www.',
    '&amp;',
    '**',
    '![',
    '](',
    '@a',
    'GH-1',
  );

  it('is the same text in a table’s cell, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), (parts) => {
        const given = parts.join('');
        const { kinds, text } = readMarkdown(`| a |\n| --- |\n| x${escapeMarkdown(given)}x |\n`);
        const allowed = new Set(['root', 'table', 'tableRow', 'tableCell', 'text']);
        expect([...kinds].filter((kind) => !allowed.has(kind))).toEqual([]);
        expect(text).toBe(`ax${cleanForTerminal(given).trim()}x`);
      }),
      { numRuns: 150 },
    );
  });

  it('mentions nobody and refers to nothing', () => {
    for (const given of ['@everyone', 'see #1', 'GH-12', 'a@b.example', 'example/blog#3']) {
      const shown = readMarkdown(escapeMarkdown(given)).text;
      expect(shown).toBe(given);
      expect(escapeMarkdown(given)).toMatch(/&#(64|35|45);&#8203;/);
    }
  });

  it('is one short line', () => {
    expect(escapeMarkdown('a\r\nb\u2028c\u001B[31md\u202Ee')).toBe('a b cde');
    expect(escapeMarkdown('x'.repeat(1000))).toHaveLength(400);
    expect(escapeMarkdown('\u{1F600}'.repeat(300)).isWellFormed()).toBe(true);
  });

  it.each([
    ['https://example.com/a_b?c=1&d=(2)|', '[t](<https://example.com/a_b?c=1&amp;d=%282%29%7C>)'],
    ['javascript:alert(1)', 't'],
    ['/path', 't'],
    ['https://dev.to@evil.example/x', 't'],
    ['https://example.com/<script>', '[t](<https://example.com/%3Cscript%3E>)'],
  ])('is a link only where it is an address of the web: %s', (address, shown) => {
    expect(formatLink('t', address)).toBe(shown);
  });

  it('starts no command of GitHub’s, old or new', () => {
    expect(defuseCommands('a ##[error]b')).toBe('a ## [error]b');
  });
});

describe('the report', () => {
  it('says what would be sent, what is held and why, and what is next', () => {
    const text = fitBlocks(reportPlan(plan, context), 100_000);
    expect(text).toContain('1 to create, 1 held, 1 waiting. Nothing has been sent.');
    expect(text).toContain('| devto | [About one](<https://example.com/blog/one>) | to create, new |');
    expect(text).toContain(
      '| devto | [About two](<https://example.com/blog/two>) | held: drifted, a &#124; b |',
    );
    expect(text).toContain('| 2026-12-01 08:30 Europe/London | linkedin | [About one]');
    expect(text).toContain('<details><summary>devto: About one &#40;new&#41;</summary>\n\n<pre>Line one\n');
    expect(text).toContain('&lt;/pre&gt;&lt;b&gt;@you&lt;/b&gt;\n</pre>');
    expect(text).not.toContain('ancient');
  });

  it('says of what is next whether it is caught up', () => {
    const actions = plan.actions.map((action) => ({ ...action, missed: '2026-11-24T08:30:00Z' }));
    const text = fitBlocks(reportPlan({ ...plan, actions }, context), 100_000);
    expect(text).toContain('| 2026-12-01 08:30 Europe/London, catching up | linkedin | [About one]');
  });

  it('says what became of each copy', () => {
    const [action] = plan.actions;
    if (action === undefined) throw new Error('the plan has an action');
    const outcomes = [
      { action, result: 'done', url: 'https://dev.to/author/one' },
      { action, result: 'unknown', message: 'No answer.', remedy: 'Look at <it>.' },
    ] as const;
    const text = fitBlocks(reportPublish(plan, outcomes, context), 100_000);
    expect(text).toContain('| [published](<https://dev.to/author/one>) |');
    expect(text).toContain('| **not known whether it was taken**: No answer. Look at &#60;it&#62;. |');
    expect(text).not.toContain('Nothing has been sent');
  });

  it('is never too long, and says that it was cut', () => {
    const body = Array.from({ length: 400 }, (_, line) => `${line} ${'é<'.repeat(40)}`).join('\n');
    const renditions = Array.from({ length: 20 }, () => exampleRendition('one', { body }));
    const blocks = reportPlan(plan, { ...context, renditions });
    for (const limit of [300, 5000, 60_000, 1024 * 1024]) {
      const text = fitBlocks(blocks, limit);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
      expect(text).toMatch(/_Cut here, because GitHub takes at most \d+ bytes\. .*\._\n$/);
      const count = (part: string): number => text.split(part).length;
      expect(count('<details>')).toBe(count('</details>'));
      expect(count('<pre>')).toBe(count('</pre>'));
    }
    expect(fitBlocks(reportPlan(plan, context), 100_000)).not.toContain('Cut here');
  });

  it('has tables of a length that can be read', () => {
    const [block] = table(
      'Many',
      ['a'],
      Array.from({ length: 250 }, (_, row) => [String(row)]),
    );
    expect(block?.lines).toHaveLength(200);
    expect(block?.close).toContain('And 50 more');
  });
});

const noFaults: CheckReport = {
  deciding: [],
  elsewhere: [],
  leftOut: [],
  posts: 1,
  drafts: 0,
  letters: 0,
  letterDrafts: 0,
  isChange: false,
  actions: [],
  knowsLedger: true,
  paused: false,
  timezone: 'UTC',
};

describe('annotations', () => {
  const fault = (number: number, severity: 'error' | 'warning'): Diagnostic => ({
    rule: 'post-body-empty',
    severity,
    message: `Fault ${number}.`,
    remedy: 'Mend it.',
    file: 'posts/a.md',
    line: number,
    column: 1,
  });

  it('are at most ten of a level, errors first, and the rest is counted', () => {
    const levels = [
      ...Array.from({ length: 12 }, () => 'warning'),
      ...Array.from({ length: 11 }, () => 'error'),
    ] as const;
    const text = formatAnnotations(
      levels.map((level, index) => ({
        level: level as 'error' | 'warning',
        title: 'held',
        message: `${index}\n::x`,
      })),
    );
    const lines = text.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      ...Array.from({ length: 10 }, () => '::error'),
      ...Array.from({ length: 10 }, () => '::warning'),
      '::notice',
    ]);
    expect(lines[0]).toBe('::error title=held::12 ::x');
    expect(lines.at(-1)).toBe(
      '::notice title=not shown::1 more error and 2 more warnings: the job summary lists them.',
    );
  });

  it('are all in the summary of check', () => {
    const faults = Array.from({ length: 30 }, (_, number) => fault(number + 1, 'error'));
    const text = fitBlocks(reportCheck({ ...noFaults, deciding: faults }), 100_000);
    expect(text).toContain('1 post checked: 30 errors, 0 warnings.');
    expect(text).toMatch(
      /^\| error \| post-body-empty \| 30 \| 1 \| posts\/a\.md:1, posts\/a\.md:2, posts\/a\.md:3 \| /m,
    );
    expect(text.match(/^\| error \| posts\/a\.md:\d+ \| post-body-empty \| Fault/gm)).toHaveLength(30);
  });
});
