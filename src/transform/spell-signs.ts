/**
 * A tag with the signs in it as words, as authors write them where a tag is letters and digits alone: `C#` is `CSharp`, `c++` is
 * `cpp`, `.NET 8` is `dotnet 8`, `Q&A` is `QandA`. A mark that only says that it is a tag, as in `#blog`, is gone.
 */
export function spellSigns(tag: string): string {
  return tag
    .normalize('NFKC')
    .trim()
    .replace(/^#+\s*/, '')
    .replaceAll(/(?<![\p{L}\p{N}])\.net(?![\p{L}\p{N}])/giu, 'dotnet')
    .replaceAll(/(?<=\b[cg])\+\+(?!\+)/gi, 'pp')
    .replaceAll(/(?<=\p{Lu})#/gu, 'Sharp')
    .replaceAll(/(?<=\p{L})#/gu, 'sharp')
    .replaceAll(/(?<=[\p{L}\p{N}+])\+/gu, 'plus')
    .replaceAll(/\s+\+\s+/g, ' and ')
    .replaceAll(/(?<=[\p{L}\p{N}])(\s*)&(\s*)(?=[\p{L}\p{N}])/gu, '$1and$2');
}
