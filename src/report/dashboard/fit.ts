import { countBytes } from '../markdown.ts';

/** One item of the dashboard, safe as markdown. */
export interface Item {
  /** Whole lines, the last one ended too. */
  readonly text: string;
  /** What is folded away below it, shown whole or not at all, and the sentence that stands for it where there is no room. */
  readonly fold?: { readonly text: string; readonly instead: string };
}

/** A part of the dashboard. */
export interface Section {
  readonly heading: string;
  readonly items: readonly Item[];
  /** The most of them that are shown. */
  readonly most: number;
}

/** What the sentence about items that are not shown takes at most, with its heading, in bytes. */
const reserve = 160;

/**
 * The sections that have something to say, within a number of bytes: first the items' own text, earlier sections first, then what
 * is folded away. Items without room are counted.
 */
export function fitSections(sections: readonly Section[], limit: number): string {
  const filled = sections.filter(({ items }) => items.length > 0);
  let left = limit - filled.length * reserve;
  const take = (bytes: number): boolean => {
    if (bytes > left) return false;
    left -= bytes;
    return true;
  };
  const chosen = filled.map((section) => {
    const shown: Item[] = [];
    for (const item of section.items.slice(0, section.most)) {
      if (!take(countBytes(item.text) + countBytes(item.fold?.instead ?? ''))) break;
      shown.push(item);
    }
    return { ...section, shown };
  });
  return chosen
    .map(({ heading, items, shown }) => {
      const parts = shown.map(({ text, fold }) => {
        if (fold === undefined) return text;
        const whole = take(countBytes(fold.text) - countBytes(fold.instead));
        return text + (whole ? fold.text : fold.instead);
      });
      const rest = items.length - shown.length;
      const more = rest > 0 ? `\n_And ${rest} more, which \`broadside plan\` shows._\n` : '';
      return `### ${heading}\n\n${parts.join('')}${more}\n`;
    })
    .join('');
}
