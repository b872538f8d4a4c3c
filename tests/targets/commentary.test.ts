import { describe, expect, test } from 'vitest';
import { findOpening, toPlainText } from '../../src/transform/find-opening.ts';
import { findGist } from '../../src/targets/linkedin/printer/find-gist.ts';
import { parseMarkdown } from '../../src/reading/parse.ts';
import {
  chooseHook,
  commentaryLimit,
  escapeLittleText,
  hashtagLimit,
  makeHashtag,
  makeHashtags,
  measureCommentary,
  openWithHook,
  printCommentary,
  type CommentaryParts,
} from '../../src/targets/linkedin/printer/commentary.ts';
import { anyCharacter } from '../any-text.ts';
import { fc } from '../random-input.ts';

const hashtagTemplate = /\{hashtag\|\\#\|([\p{L}\p{M}\p{N}]+)\}/gu;

function unescapeLittleText(text: string): string {
  return text.replaceAll(/\\([\\|{}@[\]()<>#*_~])/g, '$1');
}

function withoutTemplates(text: string): string {
  return text.replaceAll(hashtagTemplate, '');
}

const anyText = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 4000 }),
  fc.string({ unit: fc.constantFrom(...'\\|{}@[]()<>#*_~ ab.\n😀'.split('')), maxLength: 5000 }),
);

const anyParts: fc.Arbitrary<CommentaryParts> = fc.record(
  {
    title: anyText,
    text: anyText,
    hashtagsInText: fc.boolean(),
    series: fc.record(
      { name: anyText, part: fc.integer({ min: 1 }), total: fc.integer({ min: 1 }) },
      { requiredKeys: ['name', 'part'] },
    ),
    link: fc.webUrl({ withFragments: true, withQueryParameters: true, size: 'large' }),
    tags: fc.array(anyText, { maxLength: 8 }),
  },
  { requiredKeys: ['text', 'tags'] },
);

describe('escapeLittleText', () => {
  test('puts a backslash before each of the 15 reserved characters, itself included', () => {
    expect(escapeLittleText(String.raw`\|{}@[]()<>#*_~`)).toBe(String.raw`\\\|\{\}\@\[\]\(\)\<\>\#\*\_\~`);
    expect(escapeLittleText('Plain — text, “quoted”; 50% & more!')).toBe(
      'Plain — text, “quoted”; 50% & more!',
    );
  });

  test('is undone by taking the backslashes out again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(unescapeLittleText(escapeLittleText(text))).toBe(text);
      }),
    );
  });
});

describe('printCommentary', () => {
  test('leaves no reserved character unescaped outside of hashtags, whatever it is given', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        const rest = withoutTemplates(printCommentary(parts)).replaceAll(/\\[\\|{}@[\]()<>#*_~]/g, '');
        expect(rest).not.toMatch(/[\\|{}@[\]()<>#*_~]/);
      }),
    );
  });

  test('never exceeds the limit and never holds half a character', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        const printed = printCommentary(parts);
        expect(printed.length).toBeLessThanOrEqual(commentaryLimit);
        expect(printed.isWellFormed()).toBe(true);
      }),
    );
  });

  test('is as long as was measured, unless that was too long', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        const length = measureCommentary(parts);
        fc.pre(length <= commentaryLimit);
        expect(printCommentary(parts)).toHaveLength(length);
      }),
    );
  });

  test.each([2596, 2597, 2598])('leaves tags out where a link of %d characters leaves no room', (length) => {
    const link = `https://example.com/${'a'.repeat(length - 20)}`;
    const printed = printCommentary({ title: 't'.repeat(400), text: 'Text', link, tags: ['trees'] });
    expect(printed).toMatch(length < 2599 ? /^t{400}\n\nhttps:\/\/example\.com\/a+$/ : /^https/);
  });

  test('shows the beginning of the text, unchanged but for its end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 6000 }), (text) => {
        const shown = unescapeLittleText(printCommentary({ text, tags: [] }));
        const whole = printCommentary({ text, tags: [] }).length < commentaryLimit / 2;
        const start = shown.replace(/…$/, '');
        const clean = text.replaceAll(/\r\n?|[\u2028\u2029]/g, '\n').replaceAll(/[^\S\n]/g, ' ');
        expect(clean.replaceAll(/\s+/g, ' ').trimStart()).toContain(start.replaceAll(/\s+/g, ' ').trim());
        expect(whole && shown.endsWith('…') && !text.includes('…')).toBe(false);
      }),
    );
  });

  test('cuts at the end of a sentence and keeps series, link and tags', () => {
    const printed = printCommentary({
      text: 'One sentence says (little). '.repeat(300),
      series: { name: 'On trees', part: 2, total: 4 },
      link: 'https://example.com/post/',
      tags: ['trees', 'woods'],
    });
    expect(printed.length).toBeGreaterThan(commentaryLimit - 100);
    expect(printed).toMatch(
      /says \\\(little\\\)\.\n\nOn trees, part 2 of 4\n\nhttps:\/\/example\.com\/post\/\n\n\{hashtag\|\\#\|trees\} \{hashtag\|\\#\|woods\}$/,
    );
  });

  test('cuts at a word where no sentence ends, and anywhere where no word does', () => {
    const words = printCommentary({ text: 'word '.repeat(1000), tags: [] });
    expect(words).toMatch(/word…$/);
    const faces = printCommentary({ text: '😀'.repeat(3000), tags: [] });
    expect(faces).toMatch(/^(😀)+…$/u);
    expect(faces.length).toBeGreaterThan(commentaryLimit - 3);
    const brackets = printCommentary({ text: '('.repeat(3000), tags: [] });
    expect(brackets).toMatch(/^(\\\()+…$/);
  });

  test('shows a text of exactly the limit whole', () => {
    const text = 'a'.repeat(commentaryLimit);
    expect(printCommentary({ text, tags: [] })).toBe(text);
    expect(printCommentary({ text: `${text}a`, tags: [] })).toBe(`${text.slice(1)}…`);
  });

  test('keeps reserved characters out of the path of a link', () => {
    const printed = printCommentary({
      text: 'Read',
      link: 'https://example.com/my_post/(1)?q=~x#y',
      tags: [],
    });
    expect(printed).toBe(
      String.raw`Read` + '\n\n' + String.raw`https://example.com/my%5Fpost/%281%29?q=%7Ex\#y`,
    );
    const shown = printed.split('\n\n')[1] ?? '';
    expect(decodeURIComponent(unescapeLittleText(shown))).toBe('https://example.com/my_post/(1)?q=~x#y');
  });

  test('keeps an address in the text without escapes, and what stands around it as it is', () => {
    const text = 'my_post: https://example.com/my_post?utm_source=~x, (see https://example.com/a_b)';
    expect(printCommentary({ text, tags: [] })).toBe(
      String.raw`my\_post: https://example.com/my%5Fpost?utm%5Fsource=%7Ex, \(see https://example.com/a%5Fb\)`,
    );
  });

  test('makes hashtags of those in an author’s own words, and of no others', () => {
    const text = 'Out now: #Trees, not C# or #1 or a#b, see https://example.com/#top';
    expect(printCommentary({ text, hashtagsInText: true, tags: [] })).toBe(
      String.raw`Out now: {hashtag|\#|Trees}, not C\# or \#1 or a\#b, see https://example.com/\#top`,
    );
    expect(printCommentary({ text: '#Trees', tags: [] })).toBe(String.raw`\#Trees`);
  });

  test('drops control characters and lone surrogates and keeps emoji, RTL and blank lines', () => {
    expect(printCommentary({ text: 'a\u0000\u001b[1m\ud800b\r\n\r\n\r\n\r\nשלום 👩‍👩‍👧', tags: [] })).toBe(
      'a\\[1mb\n\nשלום 👩‍👩‍👧',
    );
  });
});

describe('hashtags', () => {
  test.each([
    ['web-dev', 'WebDev'],
    ['machine learning', 'MachineLearning'],
    ['node.js', 'nodejs'],
    ['#typescript', 'typescript'],
    ['ES2026', 'ES2026'],
    ['écriture', 'écriture'],
    ['日本語', '日本語'],
    ['हिन्दी', 'हिन्दी'],
    ['c++', 'cpp'],
    ['C++20', 'Cpp20'],
    ['C#', 'CSharp'],
    ['f#', 'fsharp'],
    ['.NET', 'dotnet'],
    ['ASP.NET', 'ASPNET'],
    ['.NET Core', 'DotnetCore'],
    ['Notepad++', 'Notepadplusplus'],
    ['CI/CD', 'CICD'],
    ['Q&A', 'QandA'],
    ['tips & tricks', 'TipsAndTricks'],
    ['what’s new?', 'WhatsNew'],
    ['launch 🚀', 'launch'],
    ['2026', undefined],
    ['', undefined],
    ['🚀', undefined],
  ])('%s makes %s', (tag, hashtag) => {
    expect(makeHashtag(tag)).toBe(hashtag);
  });

  test('are shown once each, the first few', () => {
    expect(makeHashtags(['Web', 'web', '2026', 'a', 'b', 'c', 'd', 'e'])).toEqual([
      'Web',
      'a',
      'b',
      'c',
      'd',
    ]);
    expect(hashtagLimit).toBe(5);
  });
});

describe('plain text', () => {
  test('keeps what is said and drops the markup', () => {
    const tree = parseMarkdown(
      [
        '# A *heading*',
        '',
        'Soft\nwrapped with `code_here`, a [link](https://example.com/)[^1] and ![a picture](a.png).  \nBroken line.',
        '',
        '- one',
        '  - inner',
        '- two',
        '',
        '3. three',
        '4. four',
        '',
        '> quoted',
        '',
        '| a | b |',
        '|---|---|',
        '| 1 | 2 |',
        '',
        '<div>markup</div>',
        '',
        '```js',
        'run();',
        '```',
        '',
        '[^1]: A note.',
      ].join('\n'),
    );
    expect(toPlainText(tree)).toBe(
      [
        'A heading',
        'Soft wrapped with code_here, a link and .\nBroken line.',
        '• one\n  • inner\n• two',
        '3. three\n4. four',
        'quoted',
        'a | b\n1 | 2',
        'run();',
      ].join('\n\n'),
    );
  });

  test('opens with the first paragraph that says something, at most a few sentences of it', () => {
    const tree = parseMarkdown(
      `---\ntitle: x\n---\n\n# Title\n\n![cover](c.png)\n\n${'This is said. '.repeat(50)}\n\nLater.`,
    );
    const opening = findOpening(tree);
    expect(opening).toMatch(/^(This is said\. )+This is said\.$/);
    expect(opening.length).toBeLessThanOrEqual(300);
    expect(opening.length).toBeGreaterThan(250);
    expect(findOpening(parseMarkdown('# Only a heading\n\n- and a list'))).toBe('');
  });

  const long = 'Long enough. '.repeat(12).trim();
  const manyItems = '- an item\n'.repeat(40);

  test.each([
    ['“Short.”\n\nThen more.\n\n## Later', '“Short.”\n\nThen more.'],
    [`${long}\n\nMore.`, long],
    ['Short.\n\n<!--more-->\n\nMore.', 'Short.'],
    ['Three things:\n\n1. one\n2. two\n\nMore.', 'Three things:\n\n1. one\n2. two\n\nMore.'],
    [`Many things:\n\n${manyItems}\nMore.`, 'Many things…'],
    ['This is how:\n\n```sh\nrun\n```', 'This is how…'],
    ['Short.\n\n- no list', 'Short.'],
  ])('goes on where the first paragraph alone says too little: %j', (text, opening) => {
    expect(findOpening(parseMarkdown(text))).toBe(opening);
  });
});

describe('a post’s own summary and takeaways', () => {
  test.each<[string, string | undefined, readonly string[]]>([
    ['## TL;DR\n\nShort.\n\n## Next\n\nMore.', 'Short.', []],
    ['**TL;DR:** Short.\n\nMore.', 'Short.', []],
    ['TLDR - Short.', 'Short.', []],
    ['> **In short:** quoted.', 'quoted.', []],
    ['## Key Takeaways\n\n- one\n- *two*\n\n  more\n', undefined, ['one', 'two']],
    ['**Takeaways:**\n\n1. one\n2. two', undefined, ['one', 'two']],
    ['Key points: First. Second, e.g. this!', undefined, ['First.', 'Second, e.g. this!']],
    ['TL;DR: Three things:\n\n- one\n- two', 'Three things:', ['one', 'two']],
    ['## Takeaway coffee\n\n- beans\n- water', undefined, []],
    ['## The key points of sale\n\n- tills', undefined, []],
    ['## TL;DR\n\n```sh\nrun\n```\n\n## Next\n\n- item', undefined, []],
    ['A tldr; nobody reads this.', undefined, []],
  ])('%j', (text, summary, takeaways) => {
    expect(findGist(parseMarkdown(text), 'en')).toEqual({
      ...(summary !== undefined && { summary }),
      takeaways,
    });
  });

  test('takeaways give way before the text, from the last on', () => {
    const takeaways = Array.from({ length: 5 }, (_, index) => `${index} ${'word '.repeat(30)}end.`);
    const parts = {
      text: 'Text. '.repeat(400).trim(),
      takeaways,
      link: 'https://example.com/a',
      tags: ['one'],
    };
    const printed = printCommentary(parts);
    expect(printed.length).toBeLessThanOrEqual(commentaryLimit);
    expect(printed.match(/^• \d/gm)).toEqual(['• 0', '• 1', '• 2']);
    expect(printed).toContain('https://example.com/a');
    expect(printed).toContain('hashtag');
    const whole = printCommentary({ ...parts, text: 'Text. '.repeat(2000) });
    expect(whole.length).toBeLessThanOrEqual(commentaryLimit);
    expect(whole).toMatch(/Text\.\n\nhttps:\/\/example\.com\/a\n\n\{hashtag/);
  });

  test('what stands before the fold is whole sentences, set apart', () => {
    const hook = 'One sentence is short. Another is as short as that.';
    const rest =
      'And then there is a third one, which goes on for so long that it cannot stand before the fold with them.';
    expect(openWithHook(`${hook} ${rest}`, 'en')).toBe(`${hook}\n\n${rest}`);
    expect(openWithHook(hook, 'en')).toBe(hook);
    const japanese = 'パンは夜にこねます。'.repeat(20);
    const opened = openWithHook(japanese, 'ja');
    expect(opened.replace('\n\n', '')).toBe(japanese);
    expect(opened.split('\n\n')).toHaveLength(2);
    expect(openWithHook('烤面包要慢。'.repeat(30), 'zh')).not.toContain('。 ');
    expect(openWithHook(`${'One.  Two.\t'.repeat(20)}End.`, 'en')).toMatch(/^One\. {2}Two\./);
    const long = `${'word '.repeat(40)}end. Short.`;
    expect(openWithHook(long, 'en')).toBe(long);
    expect(openWithHook(`${hook} ${rest}`, 'xx-invalid-language-tag')).toBe(`${hook}\n\n${rest}`);
    expect(chooseHook([long, hook], 'en')).toBe(hook);
    expect(chooseHook([long], 'en')).toBe(long);
    expect(chooseHook([], 'en')).toBeUndefined();
  });
});
