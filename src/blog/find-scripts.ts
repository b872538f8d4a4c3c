import type { Root } from 'mdast';
import type { Diagnostic } from '../model/diagnostic.ts';

/** A warning for each link that runs a script, of which readers of a copy see the words alone. */
export function findScripts(
  tree: Root,
): readonly Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'remedy' | 'line' | 'column'>[] {
  return (tree.data?.scripts ?? []).map(({ line, column }) => ({
    rule: 'post-link-script',
    severity: 'warning',
    message: 'The link runs a script, or holds a page in its address; readers elsewhere see its words alone.',
    remedy: 'Link to a page that does the same, or leave it if the words will do.',
    line,
    column,
  }));
}
