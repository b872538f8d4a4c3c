import { matchesGlob, posix, relative, sep } from 'node:path';
import { rooms } from './rooms.ts';

interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: string;
  readonly parent?: Node;
  readonly property?: Node;
  readonly arguments?: readonly Node[];
  readonly source?: Node | null;
  readonly importKind?: string;
}

interface Reference {
  readonly identifier: Node;
}

interface Scope {
  readonly through: readonly Reference[];
  readonly set: ReadonlyMap<string, { readonly references: readonly Reference[] }>;
}

interface Context {
  readonly filename: string;
  readonly cwd: string;
  readonly sourceCode: { readonly scopeManager: { readonly globalScope: Scope } };
  report(found: { readonly node: Node; readonly message: string }): void;
}

/** Globals that tell of the world outside; what only reads an argument, such as `Date.parse`, is no such thing. */
const worldly = ['process', 'fetch', 'crypto', 'performance', 'console', 'navigator'].concat([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'Date',
  'Math',
  'Temporal',
]);

const harmless: Readonly<Record<string, (parent: Node | undefined) => boolean>> = {
  Date: (parent) =>
    parent?.type === 'NewExpression'
      ? (parent.arguments?.length ?? 0) > 0
      : isTypeOrMember(parent) && parent?.property?.name !== 'now',
  Math: (parent) => parent?.property?.name !== 'random',
  Temporal: (parent) => parent?.property?.name !== 'Now',
};

/** Packages that reach the network or wait. */
const reaching = /^(?:node:(?!crypto$)|got$|p-queue$)/;

function isTypeOrMember(parent: Node | undefined): boolean {
  return parent?.type === 'MemberExpression' || parent?.type === 'TSTypeReference';
}

/** The room of a file and its path inside it; undefined for what is in none. */
function locate(path: string): { readonly room: string; readonly inside: string } | undefined {
  const [src, room = '', ...rest] = path.split('/');
  return src === 'src' && rest.length > 0 ? { room, inside: rest.join('/') } : undefined;
}

function isPure(path: string): boolean {
  const { room = '', inside = '' } = locate(path) ?? {};
  const patterns = rooms[room]?.pure ?? [];
  const matches = (pattern: string): boolean => matchesGlob(inside, pattern);
  const except = patterns.flatMap((pattern) => (pattern.startsWith('!') ? [pattern.slice(1)] : []));
  return patterns.some(matches) && !except.some(matches);
}

/** What runs in the browser knows the program by its types alone. */
function findBrowserFault(to: string, isOfTypes: boolean): string | undefined {
  if (to.startsWith('src/preview/app/') || /^(?:preact|@preact\/signals)(?:\/|$)/.test(to)) return undefined;
  return isOfTypes && to.startsWith('src/') ? undefined : `What runs in the browser may not import ${to}.`;
}

/** Kinds of sources and of targets do not know each other; the registry beside them knows them all. */
function crossesKinds(from: string, to: string): boolean {
  const [a, b] = [locate(from), locate(to)];
  if (a === undefined || b === undefined || a.room !== b.room) return false;
  if (a.room !== 'sources' && a.room !== 'targets') return false;
  const kindOf = (inside: string): string | undefined => /^([^/]+)\//.exec(inside)?.[1];
  const [own, other] = [kindOf(a.inside), kindOf(b.inside)];
  return own !== undefined && other !== undefined && own !== other;
}

/** Why a file may not import another, both relative to the project; undefined where it may. What is loaded later is no part of a pure file. */
function findImportFault(from: string, to: string, isLater: boolean): string | undefined {
  const own = locate(from);
  if (own === undefined) return undefined;
  const room = rooms[own.room];
  if (room === undefined) return `src/${own.room} is no room of scripts/rooms.ts.`;
  const mustBePure = isPure(from) && !isLater;
  if (!to.startsWith('src/')) {
    return mustBePure && reaching.test(to) ? `This file is pure: it cannot import ${to}.` : undefined;
  }
  if (to.startsWith('src/preview/app/') && !from.startsWith('src/preview/app/'))
    return 'What runs in the browser is imported by nothing else.';
  const other = locate(to)?.room ?? to;
  if (other !== own.room && !room.imports.includes(other)) return `${own.room} may not import ${other}.`;
  if (crossesKinds(from, to)) return 'One kind may not import another.';
  return mustBePure && !isPure(to) ? `This file is pure: it cannot import ${to}, which is not.` : undefined;
}

function visitImports(context: Context) {
  const from = relative(context.cwd, context.filename).split(sep).join('/');
  const isBrowser = from.startsWith('src/preview/app/');
  const visit = ({ type, source, importKind }: Node): void => {
    if (typeof source?.value !== 'string') return;
    const isOwn = source.value.startsWith('.');
    const to = isOwn ? posix.join(posix.dirname(from), source.value) : source.value;
    const fault = findImportFault(from, to, type === 'ImportExpression');
    const message = fault ?? (isBrowser ? findBrowserFault(to, importKind === 'type') : undefined);
    if (message !== undefined) context.report({ node: source, message });
  };
  return {
    ImportDeclaration: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    ImportExpression: visit,
  };
}

function visitGlobals(context: Context) {
  if (!isPure(relative(context.cwd, context.filename).split(sep).join('/'))) return {};
  return {
    'Program:exit'(): void {
      const { through, set } = context.sourceCode.scopeManager.globalScope;
      const known = worldly.flatMap((name) => set.get(name)?.references ?? []);
      for (const { identifier } of [...through, ...known]) {
        const { name = '', parent } = identifier;
        if (!worldly.includes(name) || harmless[name]?.(parent) === true) continue;
        context.report({ node: identifier, message: `This file is pure: hand ${name} in as an argument.` });
      }
    },
  };
}

const plugin = {
  meta: { name: 'rooms' },
  rules: { imports: { create: visitImports }, pure: { create: visitGlobals } },
};

export default plugin;
