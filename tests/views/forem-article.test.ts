import { describe, expect, test } from 'vitest';
import { writeArticle, type ForemArticle } from '../../src/views/forem/article-page.ts';
import { findActive } from './find-active.ts';

const article: ForemArticle = { title: 'On ledgers', body: '', tags: [], author: 'An author', lang: 'en' };

async function show(body: string, given: Partial<ForemArticle> = {}) {
  const shown = await writeArticle({ ...article, ...given, body });
  expect(findActive(shown.html)).toEqual([]);
  return { ...shown, text: shown.html.slice(shown.html.indexOf('<main')) };
}

describe('an article on Forem', () => {
  test('shows its code in colours, by any name that its language has', async () => {
    for (const language of ['ts', 'TypeScript', 'jsx']) {
      const { text } = await show(`\`\`\`${language}\nconst a = 'b'; // c\n\`\`\``);
      expect(text).toContain('<span class="code-keyword">const</span>');
      expect(text).toContain(`<span class="code-string">'b'</span>`);
      expect(text).toContain('<span class="code-comment">// c</span>');
    }
  });

  test('shows code of a language that nobody knows as it is', async () => {
    const { text } = await show('```brainwave\na < b && c\n```');
    expect(text).toContain('<code>a &#x3C; b &#x26;&#x26; c</code>');
  });

  test('leaves the place of a diagram to a browser, and its source until then', async () => {
    const { text, diagrams } = await show('```mermaid\ngraph LR\n```\n\n```mermaid\npie\n```');
    expect(diagrams).toEqual(['graph LR', 'pie']);
    expect(text).toMatch(/<!--diagram:0--><pre>graph LR<\/pre><!--\/diagram:0-->/);
    expect(text).toMatch(/<!--diagram:1--><pre>pie<\/pre><!--\/diagram:1-->/);
  });

  test('draws formulas, with the fonts that they need and no other', async () => {
    const { html } = await show('{% katex inline %}a^2{% endkatex %}');
    expect(html).toContain('class="katex"');
    expect(html).toContain('KaTeX_Math');
    expect(html).not.toContain('font-family:"KaTeX_Fraktur";font-weight');
    expect((await show('Words.')).html).not.toContain('KaTeX');
  });

  test('shows a formula that is none, and one that would run something, as it is', async () => {
    const { text } = await show(
      '{% katex %}\\frac{ {% endkatex %}\n\n{% katex %}\\href{javascript:alert(1)}{x}{% endkatex %}',
    );
    expect(text).toContain('katex-error');
    expect(text).not.toContain('href="javascript');
  });

  test('shows a card for an embedded page', async () => {
    const { text } = await show(
      '{% embed https://www.youtube.com/watch?v=a_b %}\n\n{% gist https://gist.github.com/ann/1 %}\n\n{% user ann %}',
    );
    expect(text).toContain('<a class="embed film" href="https://www.youtube.com/watch?v=a_b">');
    expect(text).toContain('<span class="embed-name">GitHub Gist</span>');
    expect(text).toContain('<span class="embed-what">ann</span>');
  });

  test('opens what readers open', async () => {
    const { text } = await show('{% details More %}\n\nSome **words**.\n\n{% enddetails %}');
    expect(text).toMatch(
      /<details>\s*<summary>More<\/summary>[\s\S]*<strong>words<\/strong>[\s\S]*<\/details>/,
    );
  });

  test('has a heading with its name', async () => {
    expect((await show('## What it holds')).text).toMatch(
      /<a target="_self" href="about:srcdoc#what-it-holds" id="what-it-holds"/,
    );
  });

  test('lists the parts of its series from the second on', async () => {
    const own = { title: 'On ledgers', isThis: true };
    const series = { name: 'A & B', parts: [own] };
    expect((await show('Words.', { series })).text).not.toContain('A &amp; B');
    const parts = [{ title: 'One', url: 'https://example.com/1', isThis: false }, own];
    const { text } = await show('Words.', { series: { ...series, parts } });
    expect(text).toContain('A &amp; B <span>(2 Part Series)</span>');
    expect(text).toContain('<li aria-current="page"><span>On ledgers</span></li>');
    expect(text).toContain('<a href="https://example.com/1">One</a>');
  });

  test('shows what Forem shows where Liquid finds a fault', async () => {
    expect((await show('{% odd %}')).text).toContain("Liquid syntax error: Unknown tag 'odd'");
    expect((await show('{% if a %}b{% endif %}')).text).toContain('Liquid#if tag is disabled');
  });
});
