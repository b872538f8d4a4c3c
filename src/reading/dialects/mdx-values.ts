import type { Nodes, Root } from 'mdast';
import type { Written } from './build-component.ts';
import type { Dialect } from './dialect.ts';

type Element = Extract<Nodes, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;
type Program = NonNullable<NonNullable<Extract<Nodes, { type: 'mdxTextExpression' }>['data']>['estree']>;
type Statement = Program['body'][number];
type Value = Extract<Statement, { type: 'ExpressionStatement' }>['expression'];

/**
 * What names in an MDX post stand for: the values that its site fills in, the constants that it exports, and the files that default imports
 * name; where only a bundler knows the file, it is left out.
 */
export function findNames(tree: Root, { values = {} }: Dialect): ReadonlyMap<string, string> {
  const found = new Map<string, string>(Object.entries(values));
  for (const node of tree.children) {
    for (const statement of (node.type === 'mdxjsEsm' && node.data?.estree?.body) || []) {
      if (statement.type === 'ExportNamedDeclaration') nameConstants(statement, found);
      if (statement.type !== 'ImportDeclaration') continue;
      const file = readFile(statement.source.value);
      const local = statement.specifiers.find(({ type }) => type === 'ImportDefaultSpecifier');
      if (file !== undefined && local !== undefined) found.set(local.local.name, file);
    }
  }
  return found;
}

/** The texts of exported constants, and those of objects in them by their dotted names. */
function nameConstants(
  { declaration }: Extract<Statement, { type: 'ExportNamedDeclaration' }>,
  found: Map<string, string>,
): void {
  if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') return;
  for (const { id, init } of declaration.declarations) {
    if (id.type === 'Identifier' && init) nameTexts(id.name, init, found);
  }
}

function nameTexts(name: string, value: Value, found: Map<string, string>): void {
  const text = readValue(value, found);
  if (typeof text === 'string') found.set(name, text);
  if (value.type !== 'ObjectExpression') return;
  for (const property of value.properties) {
    if (property.type !== 'Property' || property.computed) continue;
    const { key, value: inner } = property;
    const word =
      key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
    if (word !== undefined && !inner.type.endsWith('Pattern'))
      nameTexts(`${name}.${word}`, inner as Value, found);
  }
}

/** A file as the site names it; `@site/static/` is how Docusaurus writes the site's root. */
function readFile(source: unknown): string | undefined {
  if (typeof source !== 'string') return undefined;
  const path = source.replace(/^@site\/static\//, '/').replace(/\?.*$/, '');
  return /^(\.{0,2}\/|https?:)/.test(path) ? path : undefined;
}

/** What an expression shows, if it is plain to see: text, a number, an imported file, a value that a name stands for. */
export function readExpression(
  program: Program | null | undefined,
  names: ReadonlyMap<string, string>,
): string | undefined {
  const value = readProgram(program, names);
  return typeof value === 'boolean' ? '' : value;
}

/** An element's attributes; those for the program alone (`key`, `style`, what is done on a click) are left out. */
export function readAttributes(element: Element, names: ReadonlyMap<string, string>): Written {
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
    const read = value ? readProgram(value.data?.estree, names) : true;
    if (read === true) flags.push(name);
    else if (typeof read === 'string') texts[name] = read;
    else if (read === undefined && value) unread.set(name, value.value);
  }
  return { texts, flags, unread };
}

function readProgram(
  program: Program | null | undefined,
  names: ReadonlyMap<string, string>,
): string | boolean | undefined {
  const [statement, ...others] = program?.body ?? [];
  if (statement?.type !== 'ExpressionStatement' || others.length > 0) return undefined;
  return readValue(statement.expression, names);
}

function readValue(value: Value, names: ReadonlyMap<string, string>): string | boolean | undefined {
  switch (value.type) {
    case 'Literal':
      if (typeof value.value === 'boolean') return value.value;
      return typeof value.value === 'string' || typeof value.value === 'number'
        ? String(value.value)
        : undefined;
    case 'TemplateLiteral':
      return readTemplate(value, names);
    case 'Identifier':
      return names.get(value.name);
    case 'MemberExpression': {
      const named = names.get(nameMember(value) ?? '');
      if (named !== undefined) return named;
      const { object, property } = value;
      const isFile = property.type === 'Identifier' && ['src', 'default'].includes(property.name);
      return isFile && object.type !== 'Super' ? readValue(object, names) : undefined;
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

/** Text between backticks, as far as all that is filled into it is known. */
function readTemplate(
  { quasis, expressions }: Extract<Value, { type: 'TemplateLiteral' }>,
  names: ReadonlyMap<string, string>,
): string | undefined {
  const parts = quasis.flatMap(({ value }, index) => {
    const next = expressions[index];
    return next === undefined ? [value.cooked] : [value.cooked, readValue(next, names)];
  });
  return parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
}

/** A chain of names with dots between them. */
function nameMember({
  object,
  property,
  computed,
}: Extract<Value, { type: 'MemberExpression' }>): string | undefined {
  if (computed || property.type !== 'Identifier') return undefined;
  if (object.type === 'Identifier') return `${object.name}.${property.name}`;
  const outer = object.type === 'MemberExpression' ? nameMember(object) : undefined;
  return outer === undefined ? undefined : `${outer}.${property.name}`;
}
