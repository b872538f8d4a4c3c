import type { Nodes, Root } from 'mdast';
import { describe, expect, test } from 'vitest';
import { auditBody } from '../../src/blog/audit-body.ts';
import type { Dialect } from '../../src/reading/dialects/dialect.ts';
import { parsePost } from '../../src/reading/parse.ts';
import { examplePost } from '../examples.ts';
import { measureCpu } from '../measure-cpu.ts';

/** A tree as one line: types, what they say, and their children. */
function outline(node: Nodes): string {
  const children = 'children' in node ? node.children.map(outline).join(' ') : '';
  const said = [
    'value' in node ? JSON.stringify(node.value) : '',
    'url' in node ? node.url : '',
    node.type === 'unknown' ? `${node.name}${node.fault ? ` ${node.fault}` : ''}` : '',
  ].filter((word) => word !== '');
  return `${node.type}${said.length > 0 ? `:${said.join(' ')}` : ''}${children === '' ? '' : `(${children})`}`;
}

function read(text: string, dialect?: Dialect): string {
  return parsePost(text, dialect).children.map(outline).join(' ');
}

function placesOf(tree: Root): readonly string[] {
  const post = examplePost('one');
  return auditBody(post, { tree }).map(({ rule, line, column }) => `${line}:${column} ${rule}`);
}

describe('a shortcode', () => {
  const cases: readonly (readonly [what: string, text: string, tree: string])[] = [
    ['in a code span is code', '`{{< youtube a >}}`', 'paragraph(inlineCode:"{{< youtube a >}}")'],
    ['in a fence is code', '```\n{{< youtube a >}}\n```', 'code:"{{< youtube a >}}"'],
    ['that is indented is code', '    {% youtube a %}', 'code:"{% youtube a %}"'],
    ['after a backslash is text', String.raw`\{% youtube a %}`, 'paragraph(text:"{% youtube a %}")'],
    ['without an end is text', 'a {{< youtube b', 'paragraph(text:"a {{< youtube b")'],
    ['without a name is text', '{% %} {{< >}} {%}', 'paragraph(text:"{% %} {{< >}} {%}")'],
    [
      'of Liquid ends at a blank line',
      '{% youtube\n\na %}',
      'paragraph(text:"{% youtube") paragraph(text:"a %}")',
    ],
    ['of Hugo spans blank lines', '{{< youtube\n\na >}}', 'embed:https://www.youtube.com/watch?v=a'],
    [
      'interrupts a paragraph',
      'a\n{% youtube b %}\nc',
      'paragraph(text:"a") embed:https://www.youtube.com/watch?v=b paragraph(text:"c")',
    ],
    [
      'is no lazy line of a quote',
      '> a\n{% youtube b %}',
      'blockquote(paragraph(text:"a")) embed:https://www.youtube.com/watch?v=b',
    ],
    [
      'goes on lazily as a paragraph does',
      '> {{< youtube\na >}}',
      'blockquote(embed:https://www.youtube.com/watch?v=a)',
    ],
    [
      'spans lines of a quote',
      '> {{< youtube\n> a >}}',
      'blockquote(embed:https://www.youtube.com/watch?v=a)',
    ],
    ['may be escaped', 'a {{</* b "c" */>}}', 'paragraph(text:"a {{< b \\"c\\" >}}")'],
    ['may be escaped in code', '`{{%/* b */%}}`', 'paragraph(inlineCode:"{{% b %}}")'],
    ['in a heading that makes a block is left', '# {{< youtube a >}}', 'heading(unknown:youtube incomplete)'],
    [
      'in a table is found',
      '| a |\n| - |\n| {% if %} |',
      'table(tableRow(tableCell(text:"a")) tableRow(tableCell(unknown:if)))',
    ],
    [
      'that refers is a target',
      '[a]({{< ref "b c.md#d" >}})',
      'paragraph(link:broadside-ref:b c.md#d(text:"a"))',
    ],
    [
      'that refers is a target in a definition',
      '[a]\n\n[a]: {% post_url 2026-11-01-b %}',
      'paragraph(linkReference(text:"a")) definition:broadside-ref:2026-11-01-b',
    ],
    [
      'that refers is a target in HTML',
      '<p><a href="{% link _posts/a.md %}">b</a></p>',
      'paragraph(link:broadside-ref:_posts/a.md(text:"b"))',
    ],
    [
      'that is half a target is an address',
      'a]({{< ref "b" >}})',
      'paragraph(text:"a](" link:broadside-ref:b(text:"b") text:")")',
    ],
    ['in HTML is found', '<div>\n{{< cdn >}}\n</div>', 'unknown:cdn'],
    ['in a comment is not shown', '<!-- {{< cdn >}} -->', ''],
    ['that closes nothing is reported', 'a {{< /b >}}', 'paragraph(text:"a " unknown:b unopened)'],
    ['that nothing closes is reported', '{{< note >}}\n\na', 'unknown:note unclosed paragraph(text:"a")'],
    [
      'that is closed elsewhere is reported',
      '- {{< note >}}\n\na\n\n{{< /note >}}',
      'list(listItem(unknown:note unclosed)) paragraph(text:"a") unknown:note unopened',
    ],
    ['takes code as it is', '{% highlight js %}\n```\n\n<!--\n{% endhighlight %}', 'code:"```\\n\\n<!--"'],
    [
      'takes code in a list',
      '- {{< highlight js >}}\n  a\n    b\n  {{< /highlight >}}',
      'list(listItem(code:"a\\n  b"))',
    ],
    [
      'takes code in a quote',
      '> {{< highlight js >}}\n> a\n> {{< /highlight >}}\nb',
      'blockquote(code:"a") paragraph(text:"b")',
    ],
    [
      'without the end of its code is reported',
      '{{< highlight js >}}\n\na',
      'unknown:highlight unclosed paragraph(text:"a")',
    ],
    [
      'within a pair of its kind',
      '{{< tip >}}\n{{< tip >}}\na\n{{< /tip >}}\n{{< /tip >}}',
      'blockquote(paragraph(strong(text:"Tip")) blockquote(paragraph(strong(text:"Tip")) paragraph(text:"a")))',
    ],
    ['and what is raw', '{% raw %}{% a %} {{ b }}{% endraw %}', 'paragraph(text:"{% a %} {{ b }}")'],
    [
      'and what is raw over blocks',
      '{% raw %}\n\n{% a %}\n\n- {% b %}\n\n{% endraw %}',
      'paragraph(text:"{% a %}") list(listItem(paragraph(text:"{% b %}")))',
    ],
    [
      'of Spotify names what it is of',
      '{{< spotify type="album" id="a1" >}}\n\n{{< spotify playlist b2 >}}',
      'embed:https://open.spotify.com/album/a1 embed:https://open.spotify.com/playlist/b2',
    ],
    [
      'of Zola has its values in brackets, on one line or several',
      '{{ youtube(\n  id="a",\n  autoplay=true\n) }}',
      'embed:https://www.youtube.com/watch?v=a',
    ],
    [
      'of Zola ends with whatever was opened last',
      '{% quote(author="A") %}\n*b*\n\n{% x_c() %}\nd\n{% end %}\n{% end %}\n\ne',
      'blockquote(paragraph(emphasis(text:"b")) unknown:x_c paragraph(text:"d") paragraph(text:"— " text:"A")) paragraph(text:"e")',
    ],
    ['is none where a call has values without a name', 'a {{ f(b) }}', 'paragraph(text:"a {{ f(b) }}")'],
    [
      'that is a comment says nothing',
      'a\n\n{% comment %}\n```\n{% endcomment %}\n\nb',
      'paragraph(text:"a") paragraph(text:"b")',
    ],
  ];
  test.each(cases)('%s', (_, text, tree) => {
    expect(read(text)).toBe(tree);
  });

  test('is text where the source says so', () => {
    expect(read('{{< youtube a >}}\n\n{% if %}', { shortcodes: false })).toBe(
      'paragraph(text:"{{< youtube a >}}") paragraph(text:"{% if %}")',
    );
    expect(read('[a]({{site.url}}/b)', { shortcodes: false })).toBe(
      'paragraph(link:{{site.url}}/b(text:"a"))',
    );
  });

  test('may have a name of the author’s own', () => {
    expect(
      read('{{< film a >}}{{< ad >}}b{{< /ad >}}', { shortcodes: { film: 'youtube', ad: 'drop' } }),
    ).toBe('embed:https://www.youtube.com/watch?v=a');
  });

  test('is reported where it stands', () => {
    expect(placesOf(parsePost('a\n\n> - b {{< c >}}\n>\n>   {% d\n>   e %}\n\n[x](y{% f %})'))).toEqual([
      '3:7 post-shortcode-unknown',
      '5:5 post-shortcode-unknown',
      '8:1 post-address-unknown',
    ]);
  });
});

describe('a value that the site fills in', () => {
  test('is text, unless the site’s page can tell what it shows', () => {
    const text = 'a {{ b }}\n*c {{ d }}* `{{ e }}`';
    expect(read(text)).toBe(
      'paragraph(text:"a {{ b }}\\n" emphasis(text:"c {{ d }}") text:" " inlineCode:"{{ e }}")',
    );
    const tree = parsePost(text, { takesValues: true });
    expect(tree.children.map(outline).join(' ')).toBe(
      'paragraph(text:"a " unknown:{ b } text:"\\n" emphasis(text:"c " unknown:{ d }) text:" " inlineCode:"{{ e }}")',
    );
    expect(placesOf(tree)).toEqual(['1:3 post-expression', '2:4 post-expression']);
  });

  test('may be a component in a line', () => {
    const text = 'At 10:30 :badge[*b*] and :read-more{to="/c"}, a:d{e} :smile:';
    expect(parsePost('A :badge[b].').children.map(outline)).toEqual(['paragraph(text:"A :badge[b].")']);
    expect(read(text, { takesValues: true })).toContain('unknown:read-more text:", a:d{e} :smile:"');
  });

  test('is text where the post shows such things', () => {
    expect(read('{% raw %}{{ a }}{% endraw %} {{ b }} \\{{ c }}', { takesValues: true })).not.toContain(
      'unknown',
    );
  });
});

describe('TeX between dollars', () => {
  const cases: readonly (readonly [text: string, tree: string])[] = [
    ['$x$', 'paragraph(inlineMath:"x")'],
    ['$5 and $10', 'paragraph(text:"$5 and $10")'],
    ['$5 and 10$ or $x$', 'paragraph(inlineMath:"5 and 10" text:" or " inlineMath:"x")'],
    ['$ x$ and $x $', 'paragraph(text:"$ x$ and $x $")'],
    ['$x$1', 'paragraph(text:"$x$1")'],
    [String.raw`\$x\$ $a\$b$`, String.raw`paragraph(text:"$x$ " inlineMath:"a\\$b")`],
    ['$a_b$ and *$c_d$*', 'paragraph(inlineMath:"a_b" text:" and " emphasis(inlineMath:"c_d"))'],
    ['`$x$`', 'paragraph(inlineCode:"$x$")'],
    ['$a\nb$', 'paragraph(inlineMath:"a\\nb")'],
    ['a\n$$\nb\n\nc\n$$\nd', 'paragraph(text:"a") math:"b\\n\\nc" paragraph(text:"d")'],
    ['$$x$$', 'math:"x"'],
    ['a $$x$$ b', 'paragraph(text:"a " inlineMath:"x" text:" b")'],
    ['$$\nx', 'paragraph(text:"$$\\nx")'],
    ['> $$\n> x\n> $$\n\ny', 'blockquote(math:"x") paragraph(text:"y")'],
    ['```math\nx\n```', 'math:"x"'],
    ['$$', 'paragraph(text:"$$")'],
  ];
  test.each(cases)('%j', (text, tree) => {
    expect(read(text, { math: true })).toBe(tree);
  });

  test('is set where the front matter says so', () => {
    for (const field of ['math: true', 'katex: yes', 'params:\n  mathjax: true', 'math:\n  enable: true']) {
      expect(read(`---\n${field}\n---\n\n$x$`)).toContain('inlineMath:"x"');
    }
    expect(read('+++\nmath = true\n+++\n\n$x$')).toContain('inlineMath:"x"');
    expect(read('---\nmath: false\n---\n\n$x$')).not.toContain('inlineMath');
  });

  test('is warned of where it is not set', () => {
    expect(placesOf(parsePost('It is `$$x$$`, \\$\\alpha\\$ and\n$\\alpha$.'))).toEqual([
      '2:1 post-math-off',
    ]);
    expect(placesOf(parsePost('- $5 and $6\n- a $$x$$'))).toEqual(['2:5 post-math-off']);
    expect(placesOf(parsePost('$\\alpha$', { math: true }))).toEqual([]);
  });

  test('is warned of among the words of HTML, where no parse looks for it, but not in its tags or code', () => {
    const warn = (cell: string) =>
      placesOf(parsePost(`<table><tr>${cell}</tr></table>`, { math: true })).filter((one) =>
        one.includes('math'),
      );
    expect(warn('<td>So $x^2$.</td>')).toEqual(['1:1 post-math-off']);
    expect(warn('<td><a href="/a" title="5 > 4, so $x^2$">So.</a></td>')).toEqual([]);
    expect(warn('<td><code title="a > b">$x^2$</code> So.</td>')).toEqual([]);
  });
});

test('an address in HTML that only the site can work out is left out of its tag, and of no words', () => {
  expect(
    read('<table><tr><td><a title="a > b" href="{{ page.shop }}/a">pears</a></td></tr></table>'),
  ).toMatch(/^unknown:\{\{ page\.shop \}\} address html:"<table><tbody><tr><td><a title=."a > b.">pears/);
  expect(read('<pre><b>So:</b> &lt;a href="{{ page.shop }}"&gt;</pre>')).toContain('{{ page.shop }}');
});

describe('time grows with the text', () => {
  const pieces = [
    '{{< a ',
    '{% a ',
    '{% highlight js %}\n',
    'x {% highlight js %}',
    '{{< note >}}\n',
    '{{< /note >}}\n',
    '{% raw %}',
    '{{ a(b=',
    '{{ a ',
    '{% a() %}\n',
    '{% include x a="',
    '$',
    '$x ',
    '$$',
    '$$\n',
    '\\$',
    ':a:',
    '<!-- {% ',
    '[a]: {{< ref',
    '](',
    ']({{',
    'a\n: b\n\n',
    ': b\n\n',
  ];
  test.each(pieces)('of %j', async (piece) => {
    const text = piece.repeat(8000 / piece.length);
    const milliseconds = await measureCpu(() => {
      parsePost(text, { math: true, emoji: { a: 'A' } });
      parsePost(text);
    });
    expect(milliseconds).toBeLessThan(15_000);
  });
});

test('an id after a heading is kept beside it', () => {
  const [first, second, third] = parsePost('## A {#b .c}\n\nD {: #e}\n---\n\n## F {g}').children;
  expect(first).toMatchObject({ data: { id: 'b' }, children: [{ type: 'text', value: 'A' }] });
  expect(second).toMatchObject({ data: { id: 'e' }, children: [{ type: 'text', value: 'D' }] });
  expect(third).toMatchObject({ children: [{ type: 'text', value: 'F {g}' }] });
});

test('marks of an excerpt are not shown', () => {
  expect(read('a\n\n<!--more-->\n\nb <!-- truncate --> c')).toBe(
    'paragraph(text:"a") paragraph(text:"b " text:" c")',
  );
});

test('codes of emoji are shown where a table is given', () => {
  expect(read(':a: 1:a:2 `:a:`', { emoji: { a: 'A' } })).toBe('paragraph(text:"A 1:a:2 " inlineCode:":a:")');
  expect(read(':a:', { emoji: true })).toBe('paragraph(text:":a:")');
});

describe("dev.to's tag for a comment", () => {
  test('shows one that is not known here', () => {
    expect(read('{% comment 2d1a %}')).toBe('unknown:comment incomplete');
    expect(read('Read {% comment 2d1a %} first.')).toContain('unknown:comment incomplete');
  });

  test('hides what is in it where it is closed', () => {
    expect(read('{% comment %} one {% endcomment %}\n\n{% comment two %}\nthree\n{% endcomment %}')).toBe('');
  });
});

describe('what themes and generators write', () => {
  test.each([
    [
      'Docsy: tabs of code without fences, and one of text among them',
      '{{< tabpane >}}\n{{< tab header="Shell" lang="sh" >}}\nrun *x*\n\n# y\n{{< /tab >}}\n{{< tab header="None" text=true >}}\nSome **words**.\n{{< /tab >}}\n{{< tab header="All:" disabled=true />}}\n{{< /tabpane >}}',
      'paragraph(strong(text:"Shell")) code:"run *x*\\n\\n# y" paragraph(strong(text:"None")) paragraph(text:"Some " strong(text:"words") text:".")',
    ],
    [
      'Docsy: tabs of text, and of code in fences',
      '{{< tabpane text=true >}}\n{{< tab header="A" >}}\nSome *words*.\n{{< /tab >}}\n{{< /tabpane >}}\n\n{{< tabpane >}}\n{{< tab header="B" >}}\n```sh\nx\n```\n{{< /tab >}}\n{{< /tabpane >}}',
      'paragraph(strong(text:"A")) paragraph(text:"Some " emphasis(text:"words") text:".") paragraph(strong(text:"B")) code:"x"',
    ],
    [
      'Hextra: the names of tabs in the tag around them',
      '{{< tabs items="One, Two" >}}\n{{< tab >}}x{{< /tab >}}\n{{< tab >}}y{{< /tab >}}\n{{< /tabs >}}',
      'paragraph(strong(text:"One")) paragraph(text:"x") paragraph(strong(text:"Two")) paragraph(text:"y")',
    ],
    [
      'Hugo Book: columns',
      '{{< columns >}}\nleft\n<--->\nright\n\n<--->\n\nthird\n{{< /columns >}}',
      'paragraph(text:"left") paragraph(text:"right") paragraph(text:"third")',
    ],
    [
      'the address of another post among words',
      'See {{< ref "a.md" >}}.\n\n{% link _posts/b.md %}',
      'paragraph(text:"See " link:broadside-ref:a.md(text:"a.md") text:".") paragraph(link:broadside-ref:_posts/b.md(text:"_posts/b.md"))',
    ],
    [
      'Eleventy and Octopress: pictures by values without names',
      '{% image "./src/a.png", "A cat", "(min-width: 3em) 50vw" %}\n\n{% img left /b.png 350 350 "title" %}',
      'paragraph(image:./src/a.png) paragraph(image:/b.png)',
    ],
  ])('%s', (_, text, tree) => {
    expect(read(text)).toBe(tree);
  });
});

test('a tag that takes code is read behind HTML in a list, too', () => {
  const [list] = parsePost('- <p>Sow</p> {% highlight js %}water(){% endhighlight %}\n').children;
  expect(list).toMatchObject({
    children: [{ children: [{ type: 'paragraph' }, { type: 'code', lang: 'js', value: 'water()' }] }],
  });
});
