import type { Nodes, Root } from 'mdast';
import type { Written } from './build-component.ts';

type Element = Extract<Nodes, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;
type Program = NonNullable<NonNullable<Extract<Nodes, { type: 'mdxTextExpression' }>['data']>['estree']>;
type Statement = Program['body'][number];
type Value = Extract<Statement, { type: 'ExpressionStatement' }>['expression'];

/** The files that default imports name, by the name given to each; where only a bundler knows the file, it is left out. */
export function findImports(tree: Root): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const node of tree.children) {
    for (const statement of (node.type === 'mdxjsEsm' && node.data?.estree?.body) || []) {
      if (statement.type !== 'ImportDeclaration') continue;
      const file = readFile(statement.source.value);
      const local = statement.specifiers.find(({ type }) => type === 'ImportDefaultSpecifier');
      if (file !== undefined && local !== undefined) found.set(local.local.name, file);
    }
  }
  return found;
}

/** A file as the site names it; `@site/static/` is how Docusaurus writes the site's root. */
function readFile(source: unknown): string | undefined {
  if (typeof source !== 'string') return undefined;
  const path = source.replace(/^@site\/static\//, '/').replace(/\?.*$/, '');
  return /^(\.{0,2}\/|https?:)/.test(path) ? path : undefined;
}

/** What an expression shows, if it is plain to see: text, a number, an imported file. */
export function readExpression(
  program: Program | null | undefined,
  imports: ReadonlyMap<string, string>,
): string | undefined {
  const value = readProgram(program, imports);
  return typeof value === 'boolean' ? '' : value;
}

/** An element's attributes; those for the program alone (`key`, `style`, what is done on a click) are left out. */
export function readAttributes(element: Element, imports: ReadonlyMap<string, string>): Written {
  const texts: Record<string, string> = {};
  const flags: string[] = [];
  const unread = new Map<string, string>();
  for (const attribute of element.attributes) {
    if (attribute.type !== 'mdxJsxAttribute' || /^(key|ref|style|on[A-Z].*)$/.test(attribute.name)) continue;
    const { name, value } = attribute;
    if (typeof value === 'string') {
      texts[name] = value;
      continue;
    }
    const read = value ? readProgram(value.data?.estree, imports) : true;
    if (read === true) flags.push(name);
    else if (typeof read === 'string') texts[name] = read;
    else if (read === undefined && value) unread.set(name, value.value);
  }
  return { texts, flags, unread };
}

function readProgram(
  program: Program | null | undefined,
  imports: ReadonlyMap<string, string>,
): string | boolean | undefined {
  const [statement, ...others] = program?.body ?? [];
  if (statement?.type !== 'ExpressionStatement' || others.length > 0) return undefined;
  return readValue(statement.expression, imports);
}

function readValue(value: Value, imports: ReadonlyMap<string, string>): string | boolean | undefined {
  switch (value.type) {
    case 'Literal':
      if (typeof value.value === 'boolean') return value.value;
      return typeof value.value === 'string' || typeof value.value === 'number'
        ? String(value.value)
        : undefined;
    case 'TemplateLiteral':
      return value.expressions.length === 0 ? (value.quasis[0]?.value.cooked ?? undefined) : undefined;
    case 'Identifier':
      return imports.get(value.name);
    case 'MemberExpression': {
      const { object, property } = value;
      const isFile = property.type === 'Identifier' && ['src', 'default'].includes(property.name);
      return isFile && object.type !== 'Super' ? readValue(object, imports) : undefined;
    }
    case 'CallExpression': {
      const [file] = value.arguments;
      const isRequire = value.callee.type === 'Identifier' && value.callee.name === 'require';
      return isRequire && file?.type === 'Literal' ? readFile(file.value) : undefined;
    }
    default:
      return undefined;
  }
}
