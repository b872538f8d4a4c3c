/** A line that begins or ends a block of code. */
const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Hashnode's markdown in plain markdown: a page that is shown, `%[address]`, becomes its address on a line of its own, a picture
 * loses what is said of its place, as in `![](a.png align="center")`, and a formula in a line, `\(x\)`, keeps its marks. Code is left
 * as it is.
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

/** A line that stands for a widget, which only Hashnode has. */
const widget = /^%%\[[\w-]+\]\s*$/;

/** Whether widgets that a text had are no longer in it. */
export function lostWidgets(text: string, plain: string): boolean {
  const count = (one: string): number => one.split('\n').filter((line) => widget.test(line)).length;
  return count(plain) < count(text);
}

/** Spans of code are left alone. */
function rewriteLine(line: string): string {
  if (widget.test(line)) return '';
  if (!/%\[|=|\\\(/.test(line)) return line;
  return line
    .split(/(`+[^`]*`+)/)
    .map((part, index) => (index % 2 === 1 ? part : rewriteWords(part)))
    .join('');
}

function rewriteWords(words: string): string {
  return (
    words
      .replace(/%\[(https?:\/\/[^\s\]]+)\]/g, '<$1>')
      .replace(
        /(!\[[^\]]*\]\([^\s()]+)(?:\s+(?:align|width|height|class)="?[\w%-]*"?)+((?:\s+"[^"]*")?\))/g,
        '$1$2',
      )
      // Hashnode looks for formulas before it reads markdown, in which these backslashes would be gone.
      .replace(/\\\(([^()]*[\\^_=+<>{}][^()]*)\\\)/g, String.raw`\\($1\\)`)
  );
}
