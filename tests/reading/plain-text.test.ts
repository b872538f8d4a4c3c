import { describe, expect, test } from 'vitest';
import { cutSentences, cutText } from '../../src/reading/plain-text.ts';
import { fc } from '../random-input.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const split = (text: string) => Array.from(graphemes.segment(text), ({ segment }) => segment);

describe('the sentences of a text', () => {
  test.each([
    ['ja', ['熟した？', '「まだ。」', '待とう。']],
    ['zh', ['熟了吗？', '“没有。”', '（等。）', '好！']],
    ['en', ['Ripe? ', '(Not yet.) ', '“Wait!”']],
    ['de', ['Reif? ', '„Noch nicht.“ ', 'Sie sagte: „Warte!“']],
    ['da', ['Moden? ', '»Vent lidt!«']],
  ])('of %s begin with what opens in them', (language, sentences) => {
    expect(cutSentences(sentences.join(''), language)).toEqual(sentences);
  });
});

describe('a text that is cut', () => {
  test.each([
    ['at the end of a sentence', 'Pears are ripe. Plums are not yet.', 25, 'Pears are ripe.'],
    ['between words', 'Pears and plums and quinces', 20, 'Pears and plums and…'],
    [
      'between words of a script without blanks',
      'รดน้ำต้นไม้ตอนเย็นดีที่สุดอย่ารดตอนกลางวันเพราะน้ำระเหยเร็ว',
      30,
      'รดน้ำต้นไม้ตอนเย็นดีที่สุด…',
    ],
    ['between words of Chinese', '傍晚给果树浇水最好不要在中午浇水', 9, '傍晚给果树浇水…'],
    ['at a sentence of Chinese', '傍晚浇水。不要在中午浇水。', 8, '傍晚浇水。'],
    ['at a sentence of Hindi', 'शाम को पानी दें। दोपहर में नहीं देना चाहिए।', 25, 'शाम को पानी दें।'],
    ['at a question in Arabic', 'هل نضجت الثمار؟ لم تنضج بعد يا صديقي.', 25, 'هل نضجت الثمار؟'],
    ['before a bracket that opens', '今日は庭の手入れをした「水やり」', 12, '今日は庭の手入れをした…'],
    ['not in a family', `${'a'.repeat(10)}👨‍👩‍👧‍👦`, 14, `${'a'.repeat(10)}…`],
    ['not in a letter with marks', `${'x'.repeat(8)}e\u0301\u0323y`, 11, `${'x'.repeat(8)}…`],
    ['not in a flag', `${'x'.repeat(8)}🇳🇱y`, 11, `${'x'.repeat(8)}…`],
  ])('%s', (_name, text, room, right) => {
    expect(cutText(text, room)).toBe(right);
  });

  test('is whole characters of what it was, and no longer than there is room', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...split('aé e\u0301ที่ดี。「水👩🏽‍🌾🇳🇱 한\u1112\u1161.')),
          maxLength: 60,
        }),
        fc.nat(50),
        (text, room) => {
          const cut = cutText(text, room);
          expect(cut.length).toBeLessThanOrEqual(Math.max(room, 0));
          const kept = cut.replace(/…$/, '');
          expect(text.startsWith(kept)).toBe(true);
          expect(split(text).slice(0, split(kept).length).join('')).toBe(kept);
        },
      ),
    );
  });
});
