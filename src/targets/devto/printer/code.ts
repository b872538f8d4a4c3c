/** How code can be written so that Forem shows every character of it. */
export type CodeForm = 'backticks' | 'tildes' | 'html';

/** A spelling of Liquid's `endraw` that would end the raw block Forem itself puts around code. */
const endsRawBlock = /\{%-?\s*endraw\b(?<!\{% endraw(?= %\}))/;

/** A line that Forem's fixers rewrite even in code: `tags:` with a `#`, or `published: ` with a capital. */
const rewrittenLine = /^tags:.*#|^(?!published)[Pp][Uu][Bb][Ll][Ii][Ss][Hh][Ee][Dd]: /m;

/** Chooses the form of a block of code; only fences are highlighted. */
export function chooseCodeForm(code: string): CodeForm {
  if (endsRawBlock.test(code) || rewrittenLine.test(code)) return 'html';
  if (!code.includes('```')) return 'backticks';
  return code.includes('~~~') ? 'html' : 'tildes';
}

/** Whether code in running text survives between backticks. */
export function fitsBackticks(code: string): boolean {
  return code.trim() !== '' && !code.includes('``') && !endsRawBlock.test(code);
}
