import { spellSigns } from '../../transform/spell-signs.ts';
import { tagCountLimit, tagLengthLimit, tagPattern } from './limits.ts';

/** A tag as the author wrote it, and as dev.to gets it. */
interface ShownTag {
  readonly written: string;
  readonly shown: string;
}

/** What becomes of a post's tags on dev.to. */
export interface ChosenTags {
  /** Those it shows; of tags that come to the same, the first. */
  readonly shown: readonly ShownTag[];
  /** Those of them whose name was made, since dev.to does not take it as it is written. */
  readonly renamed: readonly ShownTag[];
  /** Those beyond as many as it takes. */
  readonly over: readonly string[];
  /** Those of which it takes none, however they are written. */
  readonly lost: readonly string[];
}

/** What dev.to's authors call what has another name with its sign left out. */
const ownNames: Readonly<Record<string, string>> = {
  'express.js': 'express',
  'node.js': 'node',
  'react.js': 'react',
  'vue.js': 'vue',
};

/** Chooses the tags that dev.to shows of those an author wrote; `names` are the author's own for it, and have the last word. */
export function chooseTags(
  written: readonly string[],
  names: Readonly<Record<string, string | false>>,
): ChosenTags {
  const byName = new Map(Object.entries(names).map(([tag, name]) => [normaliseTag(tag), name]));
  const found = new Map<string, ShownTag>();
  const made = new Set<ShownTag>();
  const lost: string[] = [];
  for (const tag of written) {
    const plain = normaliseTag(tag);
    if (plain === '') continue;
    const own = makeTag(plain);
    const given = byName.get(plain) ?? byName.get(own);
    if (given === false) continue;
    const one: ShownTag = { written: tag, shown: (given ?? own).toLowerCase() };
    if (one.shown === '' || Array.from(one.shown).length > tagLengthLimit) lost.push(tag);
    else if (!found.has(one.shown)) found.set(one.shown, one);
    if (given === undefined && !tagPattern.test(plain)) made.add(one);
  }
  const all = [...found.values()];
  const shown = all.slice(0, tagCountLimit);
  return {
    shown,
    renamed: shown.filter((tag) => made.has(tag)),
    over: all.slice(tagCountLimit).map((tag) => tag.written),
    lost: [...new Set(lost)],
  };
}

function normaliseTag(tag: string): string {
  return tag.trim().toLowerCase();
}

/** A tag as authors of dev.to write it, in letters and digits of any script. */
function makeTag(tag: string): string {
  if (Object.hasOwn(ownNames, tag)) return ownNames[tag] ?? tag;
  return spellSigns(tag)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{Nd}]/gu, '');
}
