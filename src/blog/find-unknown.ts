import type { Nodes, Root } from 'mdast';
import type { Diagnostic, RuleId } from '../model/diagnostic.ts';
import type { MissingReason } from '../pages/define.ts';
import type { Unknown } from '../reading/nodes.ts';
import { walk } from '../reading/walk.ts';

/** What in a body could not be translated: an error each, since readers would miss it. */
export function findUnknown(
  tree: Root,
): readonly Pick<
  Diagnostic,
  'rule' | 'severity' | 'message' | 'remedy' | 'line' | 'column' | 'once' | 'syntax'
>[] {
  const found: Nodes[] = [];
  walk(tree, (node) => {
    if (node.type === 'unknown' || node.data?.unwrapped !== undefined) found.push(node);
  });
  return found.map((node) => {
    const { line, column } = node.position?.start ?? { line: 1, column: 1 };
    if (node.type === 'code') {
      const { unwrapped = '', isAwaited = false } = node.data ?? {};
      return { ...describeChunk(unwrapped, isAwaited), line, column };
    }
    const shown = node.type === 'unknown' ? undefined : node.data?.unwrapped;
    if (shown !== undefined && isReference(shown)) return { ...describeReference(shown), line, column };
    if (node.type !== 'unknown')
      return { ...describeWrapped('component', node.data?.unwrapped ?? ''), line, column };
    if (node.wrapped !== undefined) {
      return { ...describeShown(node), line, column };
    }
    const said = node.missing === undefined ? describeUnknown(node) : describeMissing(node, node.missing);
    return { severity: 'error', ...said, line, column };
  });
}

function describeWrapped(syntax: Unknown['syntax'], name: string) {
  return {
    rule: 'post-component-unwrapped',
    severity: 'warning',
    message: `${written[syntax](name)} is made by your site alone, so readers elsewhere see what stands inside it and nothing more.`,
    remedy: `Leave it if that will do; else say what it stands for in \`syntax.${syntax}s\` of the source.`,
    once: true,
  } as const;
}

/** Code that the site runs. */
function describeChunk(name: string, isAwaited: boolean) {
  return {
    rule: 'post-component-unwrapped',
    severity: 'warning',
    message: `Your site shows the results of code in \`{${name}}\`, which are not in the post. Readers elsewhere see the code alone${isAwaited ? ', unless its page tells' : ''}.`,
    remedy: isAwaited ? 'Nothing has to be done.' : `Leave it if that will do. ${fromPage}`,
    once: true,
  } as const;
}

/** What to say about something of which only the words are shown. */
function describeShown(node: Unknown) {
  if (node.fault === 'unclosed') return describeTag(node);
  if (isReference(node.name)) return describeReference(node.name);
  if (node.fault !== 'address') return describeWrapped(node.syntax, node.name);
  return {
    rule: 'post-address-unknown',
    severity: 'warning',
    message: `The address of this link has \`${node.name}\` in it, which only your site can work out; readers elsewhere see its words without the link.`,
    remedy: `Write the address out. ${fromPage}`,
  } as const;
}

/** Whether what is shown as it is written is a link to a label that the post does not define. */
function isReference(name: string): boolean {
  return /^!?\[.*\]$/s.test(name);
}

/** What to say about a link if neither the post nor its page says where it leads. */
function describeReference(name: string) {
  return {
    rule: 'post-syntax-left',
    severity: 'warning',
    message: `Neither the post nor its page says where \`${name}\` leads; readers elsewhere see it as it is written.`,
    remedy: 'Add a line with its label and address, such as `[label]: https://example.com`.',
  } as const;
}

/** A tag that ends nowhere is often no tag at all, as in `List<String>`. */
function describeTag({ name }: Unknown) {
  return {
    rule: 'post-component-unwrapped',
    severity: 'warning',
    message: `Browsers take \`<${name}>\` for a tag that is never closed, so readers do not see it.`,
    remedy: 'Put it in a code span if it is text; else close it.',
    once: true,
  } as const;
}

/** Why the page may show it later: the page is missing, or does not match the post yet. */
const coming: ReadonlySet<string> = new Set<MissingReason>(['no-page', 'unseen', 'stale']);

/** What keeps a piece of a page back, in one sentence, and whether it is only that nobody has looked at the page yet. */
interface Awaited {
  readonly words: string;
  readonly isUnseen: boolean;
}

/** What in a tree is not shown yet because its page is missing or does not match the post; undefined if everything is shown. */
export function findAwaited(tree: Root): Awaited | undefined {
  let awaited: Awaited | undefined;
  walk(tree, (node) => {
    if (node.type !== 'unknown' || node.wrapped !== undefined || node.missing === undefined) return;
    const { reason, words } = node.missing;
    if (coming.has(reason)) awaited ??= { words, isUnseen: reason === 'unseen' };
  });
  return awaited;
}

/** What to say about something that only the page knows but does not show: it will come from the page, or the author has to act. */
function describeMissing(
  { syntax, name }: Unknown,
  { reason, words }: NonNullable<Unknown['missing']>,
): Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'remedy'> {
  const what = written[syntax](name);
  return coming.has(reason)
    ? {
        rule: 'post-page-awaited',
        severity: 'warning',
        message: `${what} will be taken from the page of the post. ${words}`,
        remedy: 'Nothing has to be done; copies of the post wait until its page shows it.',
      }
    : {
        rule: 'post-page-unclear',
        severity: 'error',
        message: `${what} is to be taken from the page of the post, which does not tell what to show. ${words}`,
        remedy: `Look at the page there. Or say what it stands for in \`syntax\` of the source, write it in markdown, ${except}.`,
      };
}

/** Where in the config the author can say what such a construct stands for. */
const groups = { shortcode: 'shortcodes', directive: 'directives', component: 'components' } as const;

/** The rule that each way of being wrong breaks. */
const rules: Readonly<
  Record<Unknown['syntax'], Readonly<Record<NonNullable<Unknown['fault']> | 'unknown', RuleId>>>
> = {
  shortcode: {
    unknown: 'post-shortcode-unknown',
    unclosed: 'post-shortcode-unclosed',
    unopened: 'post-shortcode-unopened',
    incomplete: 'post-shortcode-incomplete',
    address: 'post-address-unknown',
  },
  directive: {
    unknown: 'post-directive-unknown',
    unclosed: 'post-directive-unclosed',
    unopened: 'post-directive-unopened',
    incomplete: 'post-directive-incomplete',
    address: 'post-address-unknown',
  },
  component: {
    unknown: 'post-component-unknown',
    unclosed: 'post-component-unknown',
    unopened: 'post-component-unknown',
    incomplete: 'post-component-incomplete',
    address: 'post-address-unknown',
  },
  expression: {
    unknown: 'post-expression',
    unclosed: 'post-expression',
    unopened: 'post-expression',
    incomplete: 'post-expression',
    address: 'post-address-unknown',
  },
};

const written: Readonly<Record<Unknown['syntax'], (name: string) => string>> = {
  shortcode: (name) => `The shortcode \`${name}\``,
  directive: (name) => (name.startsWith(':') ? `The line \`${name}\`` : `The directive \`${name}\``),
  component: (name) => `The component \`<${name}>\``,
  expression: (name) => (/^\[?-?@/.test(name) ? `The reference \`${name}\`` : `The expression \`{${name}}\``),
};

const except = 'or put it between ":::only{original}" and ":::"';

/** How to show it without a change to the post. */
const fromPage = 'Or have copies show what your page shows there: set `pages` of the source.';

const remedies: Readonly<Record<Unknown['syntax'], string>> = {
  shortcode: 'Write it in markdown.',
  directive: `Say what it stands for in \`syntax.directives\` of the source, write it in markdown, ${except}.`,
  component: `Say what it stands for in \`syntax.components\` of the source, write it in markdown, ${except}.`,
  expression: `Write its value, ${except}.`,
};

function describeUnknown({
  syntax,
  name,
  fault,
  remedy,
  closedAt,
  of = 'picture',
}: Unknown): Pick<Diagnostic, 'rule' | 'message' | 'remedy' | 'syntax'> {
  const rule = rules[syntax][fault ?? 'unknown'];
  const what = written[syntax](name);
  switch (fault) {
    case 'unclosed':
      return {
        rule,
        message: `${what} is opened and never closed, so all that follows would be in it.`,
        remedy:
          remedy ??
          'Close it with as many colons on a line of their own; inside another, with fewer than that one has.',
      };
    case 'unopened':
      return {
        rule,
        message: `${what} closes nothing, and readers would see it.`,
        remedy: remedy ?? 'Remove it, or open the outer container with more colons than those in it.',
      };
    case 'address':
      return {
        rule,
        message: `The address of this ${of} has \`${name}\` in it, which only your site can work out; readers elsewhere would miss the ${of}.`,
        remedy: `${remedy ?? remedies[syntax]} ${fromPage}`,
      };
    case 'incomplete':
      return {
        rule,
        message: `${what} lacks what it needs to be shown, so readers would miss it.`,
        remedy: `${remedy ?? remedies[syntax]} ${fromPage}`,
      };
    default:
      return {
        rule,
        message: `${what} is made by your site alone, so readers elsewhere would miss it.`,
        remedy: `${remedy ?? remedies[syntax]} ${fromPage}`,
        ...(syntax !== 'expression' &&
          isName(name) && {
            syntax: { group: groups[syntax], name, ...(closedAt !== undefined && { isPair: true }) },
          }),
      };
  }
}

/** Whether what was found is a name that the config can hold, not a piece of the text that could not be read. */
function isName(name: string): boolean {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_./-]*$/u.test(name);
}
