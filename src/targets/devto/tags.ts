/** A tag as the author wrote it, and as dev.to gets it. */
export interface ShownTag {
  readonly written: string;
  readonly shown: string;
}

/** The tags that dev.to shows of those an author wrote; of tags that come to the same, the first. */
export function chooseTags(
  written: readonly string[],
  names: Readonly<Record<string, string | false>>,
): readonly ShownTag[] {
  const byName = new Map(Object.entries(names).map(([tag, name]) => [normaliseTag(tag), name]));
  const shown = new Map<string, ShownTag>();
  for (const tag of written) {
    const plain = normaliseTag(tag);
    const name = byName.get(plain) ?? plain;
    if (name === false || name === '') continue;
    const lower = name.toLowerCase();
    if (!shown.has(lower)) shown.set(lower, { written: tag, shown: lower });
  }
  return [...shown.values()];
}

function normaliseTag(tag: string): string {
  return tag.trim().toLowerCase();
}
