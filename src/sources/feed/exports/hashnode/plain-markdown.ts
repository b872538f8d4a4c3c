/** A line that begins or ends a block of code. */
const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Hashnode's markdown in plain markdown: a page that is shown, `%[address]`, becomes its address on a line of its own, and a picture
 * loses what is said of its place, as in `![](a.png align="center")`. Code is left as it is.
 */
export function plainMarkdown(text: string): string {
  let open: string | undefined;
  return text
    .split('\n')
    .map((line) => {
      const mark = fence.exec(line)?.[1];
      if (mark !== undefined && (open === undefined || isEnd(line, open))) {
        open = open === undefined ? mark : undefined;
        return line;
      }
      return open === undefined ? rewriteLine(line) : line;
    })
    .join('\n');
}

function isEnd(line: string, open: string): boolean {
  const closing = line.trim();
  return closing.startsWith(open) && closing.replaceAll(open.charAt(0), '') === '';
}

/** Spans of code are left alone. */
function rewriteLine(line: string): string {
  if (!line.includes('%[') && !line.includes('align=')) return line;
  return line
    .split(/(`+[^`]*`+)/)
    .map((part, index) => (index % 2 === 1 ? part : rewriteWords(part)))
    .join('');
}

function rewriteWords(words: string): string {
  return words
    .replace(/%\[(https?:\/\/[^\s\]]+)\]/g, '<$1>')
    .replace(/(!\[[^\]]*\]\([^\s()]+)\s+align="?\w*"?((?:\s+"[^"]*")?\))/g, '$1$2');
}
