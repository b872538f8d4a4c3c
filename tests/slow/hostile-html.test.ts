import { describe, expect, test } from 'vitest';
import { parsePost } from '../../src/reading/parse.ts';
import { printHtml } from '../../src/transform/to-html.ts';
import { measureCpu } from '../measure-cpu.ts';

describe('hostile HTML', () => {
  const many = 10_000;
  test.each([
    ['blocks', '<div>'.repeat(many)],
    ['blocks with markdown between', '<div>\n\nx\n\n'.repeat(many / 10)],
    ['details', '<details><summary>x'.repeat(many)],
    ['marks', `x ${'<b>'.repeat(many)}`],
    ['marks before blocks', `<div>${'<b><i>'.repeat(45)}${'<p>x'.repeat(many)}`],
    ['links', `x ${'<a href=y>'.repeat(many)}`],
    ['unfinished tags', '<div '.repeat(many)],
    ['unfinished values', '<div a="'.repeat(many)],
    ['comments', `<div>${'<!-- '.repeat(many)}`],
    ['raw text', `<div>${'<title>'.repeat(many)}`],
    ['frames', '<iframe src=x>\n\n'.repeat(many / 10)],
    ['tables', '<table>'.repeat(many)],
    ['drawings', `<svg>${'<g>'.repeat(many)}`],
    ['ends', `<div>${'</p></b>'.repeat(many)}`],
    ['signs', `<div>${'<'.repeat(many)}`],
    ['lines', `<div>\n${'<i>x</i>\n'.repeat(many)}</div>`],
  ])('never closed, is read in little time: %s', async (_, text) => {
    expect(await measureCpu(() => printHtml(parsePost(text)))).toBeLessThan(10_000);
  });
});
