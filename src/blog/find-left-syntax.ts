import type { Nodes, Root } from 'mdast';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { LeftSyntax } from '../reading/dialects/left-syntax.ts';
import { walk } from '../reading/walk.ts';

/** A warning at each line with something that looks like syntax and that readers would see as it is written. */
export function findLeftSyntax(
  tree: Root,
): readonly Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'remedy' | 'line' | 'column'>[] {
  const byLine = new Map<number, LeftSyntax>();
  const look = (node: Nodes): void => {
    for (const one of node.data?.leftSyntax ?? []) {
      const known = byLine.get(one.line);
      if (known === undefined || one.column < known.column) byLine.set(one.line, one);
    }
  };
  look(tree);
  walk(tree, look);
  return [...byLine.values()].map(({ written, by, line, column }) => ({
    rule: 'post-syntax-left',
    severity: 'warning',
    message:
      by === 'programs'
        ? `\`${written}\` is for programs. Browsers take it for a comment, so readers elsewhere see nothing of it.`
        : `\`${written}\` looks like something that your site replaces; readers elsewhere see what plain markdown makes of it.`,
    remedy: remedies[by ?? 'nothing'],
    line,
    column,
  }));
}

const remedies = {
  nothing: 'Write it in markdown, or put it in a code span if it is the subject.',
  programs: 'Write what it stands for, or put it in a code span if it is the subject.',
  mdx: 'If your site reads .md files as MDX, write `syntax: { mdx: true }` in the source; else put it in a code span.',
  emoji:
    'If your site shows it as an emoji, write `syntax: { emoji: true }` in the source; else put it in a code span.',
} as const;
