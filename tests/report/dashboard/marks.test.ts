import { describe, expect, it } from 'vitest';
import {
  asks,
  findAsked,
  isDashboard,
  readChecked,
  writeBox,
  writeDashboardMark,
  type Mark,
} from '../../../src/report/dashboard/marks.ts';
import { fc } from '../../random-input.ts';

const line = '0123456789abcdef'.repeat(2);
const mark: Mark = { ask: 'publish', target: 'devto', post: 'one', line };
const tick = (text: string): string => text.replaceAll('[ ]', '[x]');

describe('a mark', () => {
  it('is read back as it was written, whatever its names hold, and cannot end its comment', () => {
    const character = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
    const name = fc.string({ unit: character, minLength: 1 }).map((text) => text.toWellFormed());
    const awkward = fc.constantFrom('-->', '--', '<!--', 'a b', '\n- [x]', 'über', '%2D', '../..', '"\'`');
    const names = fc.oneof(name, awkward);
    fc.assert(
      fc.property(names, names, fc.constantFrom(...asks), (target, post, ask) => {
        const box = writeBox({ ask, target, post, line }, 'do it');
        expect(box.split('\n')).toHaveLength(1);
        expect(box.slice(6).match(/--/g)).toHaveLength(2);
        expect(readChecked(box)).toEqual([]);
        expect(readChecked(tick(box))).toEqual([{ ask, target, post, line }]);
      }),
    );
  });

  it('is read in the text that a browser sends back', () => {
    const text = `Words.\r\n\r\n  ${tick(writeBox(mark, 'now'))}\r\n* [X] <!-- broadside:retract devto two ${line} --> down\r\n`;
    expect(readChecked(text)).toEqual([mark, { ...mark, ask: 'retract', post: 'two' }]);
  });

  it.each([
    ['a verb of no box', `- [x] <!-- broadside:erase devto one ${line} --> now`],
    ['a word too many', `- [x] <!-- broadside:publish devto one two ${line} --> now`],
    ['a digest that is none', '- [x] <!-- broadside:publish devto one 0123 --> now'],
    ['a name that cannot be decoded', `- [x] <!-- broadside:publish devto %E0%A4%A ${line} --> now`],
    ['words before the mark', `- [x] please <!-- broadside:publish devto one ${line} --> now`],
    ['a mark without a box', `<!-- broadside:publish devto one ${line} --> now`],
    ['a quotation', `> - [x] <!-- broadside:publish devto one ${line} --> now`],
  ])('is not taken for one: %s', (_what, text) => {
    expect(readChecked(text)).toEqual([]);
  });

  it('counts where an edit ticked it, once, and fifty at most', () => {
    const box = writeBox(mark, 'now');
    expect(findAsked(box, tick(box))).toEqual([mark]);
    expect(findAsked(tick(box), tick(box))).toEqual([]);
    expect(findAsked(tick(box), box)).toEqual([]);
    expect(findAsked('', `${tick(box)}\n${tick(box)}`)).toEqual([mark]);
    const many = Array.from({ length: 90 }, (_, index) => tick(writeBox({ ...mark, post: `${index}` }, '')));
    expect(findAsked('', many.join('\n'))).toHaveLength(50);
  });
});

describe('the first line of the dashboard', () => {
  it('tells the blogs of one repository apart', () => {
    const text = `\r\n${writeDashboardMark('0123456789abcdef')}\r\nAll is well.`;
    expect(isDashboard(text, '0123456789abcdef')).toBe(true);
    expect(isDashboard(text, 'fedcba9876543210')).toBe(false);
    expect(isDashboard(text, '')).toBe(false);
  });
});
