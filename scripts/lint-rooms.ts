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
  readonly exportKind?: string;
  readonly specifiers?: readonly { readonly imported?: Node }[];
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
const reaching = /^(?:node:(?!(?:buffer|crypto|util)$)|got$|p-queue$)/;

function isTypeOrMember(parent: Node | undefined): boolean {
  return parent?.type === 'MemberExpression' || parent?.type === 'TSTypeReference';
}

/** The room of a file and its path inside it; undefined for what is in none. */
function locate(path: string): { readonly room: string; readonly inside: string } | undefined {
  const [src, room = '', ...rest] = path.split('/');
  return src === 'src' && rest.length > 0 ? { room, inside: rest.join('/') } : undefined;
}

/** The pattern by which a file is listed as one that reaches out; undefined for a pure one, and for what is in no room. */
function findListing(path: string): string | undefined {
  const { room = '', inside = '' } = locate(path) ?? {};
  return rooms[room]?.reaching?.find((pattern) => matchesGlob(inside, pattern));
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

/** Why a file may not import another, both relative to the project; undefined where it may. */
function findImportFault(from: string, to: string): string | undefined {
  const own = locate(from);
  if (own === undefined) return undefined;
  const room = rooms[own.room];
  if (room === undefined) return `src/${own.room} is no room of scripts/rooms.ts.`;
  if (!to.startsWith('src/')) return undefined;
  if (to.startsWith('src/preview/app/') && !from.startsWith('src/preview/app/'))
    return 'What runs in the browser is imported by nothing else.';
  const other = locate(to)?.room ?? to;
  if (other !== own.room && !room.imports.includes(other)) return `${own.room} may not import ${other}.`;
  return crossesKinds(from, to) ? 'One kind may not import another.' : undefined;
}

/** Whether what is imported brings the world outside with it; a type brings nothing, and what is loaded later is no part of a file. */
function reachesOut(to: string, { importKind, exportKind, specifiers = [] }: Node): boolean {
  if (importKind === 'type' || exportKind === 'type') return false;
  if (to.startsWith('src/')) return locate(to) === undefined || findListing(to) !== undefined;
  const isRandom = specifiers.some(({ imported }) => imported?.name?.startsWith('random') === true);
  return reaching.test(to) || (to === 'node:crypto' && isRandom);
}

function pathOf({ cwd, filename }: Context): string {
  return relative(cwd, filename).split(sep).join('/');
}

/** What a file names in an import, relative to the project where it is one of its own; undefined for an export of what is in it. */
function resolveImport(from: string, { source }: Node): string | undefined {
  if (typeof source?.value !== 'string') return undefined;
  return source.value.startsWith('.') ? posix.join(posix.dirname(from), source.value) : source.value;
}

function visitImports(context: Context) {
  const from = pathOf(context);
  const isBrowser = from.startsWith('src/preview/app/');
  const visit = (node: Node): void => {
    const to = resolveImport(from, node);
    if (to === undefined) return;
    const isOfTypes = node.importKind === 'type';
    const message = findImportFault(from, to) ?? (isBrowser ? findBrowserFault(to, isOfTypes) : undefined);
    if (message !== undefined) context.report({ node: node.source ?? node, message });
  };
  return {
    ImportDeclaration: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    ImportExpression: visit,
  };
}

/** A file that is not listed reaches for nothing outside, and one that is listed by its name does. */
function visitReach(context: Context) {
  const from = pathOf(context);
  const listing = findListing(from);
  if (locate(from) === undefined || listing?.includes('*') === true) return {};
  let isReaching = false;
  const find = (node: Node, message: string): void => {
    isReaching = true;
    if (listing === undefined) context.report({ node, message });
  };
  const visit = (node: Node): void => {
    const to = resolveImport(from, node);
    if (to === undefined || !reachesOut(to, node)) return;
    find(node.source ?? node, `This file is pure: it cannot import ${to}, which reaches out.`);
  };
  return {
    ImportDeclaration: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    'Program:exit'(program: Node): void {
      const { through, set } = context.sourceCode.scopeManager.globalScope;
      const known = worldly.flatMap((name) => set.get(name)?.references ?? []);
      for (const { identifier } of [...through, ...known]) {
        const { name = '', parent } = identifier;
        if (!worldly.includes(name) || harmless[name]?.(parent) === true) continue;
        find(identifier, `This file is pure: hand ${name} in as an argument.`);
      }
      if (isReaching || listing === undefined) return;
      const message =
        'This file is pure, so it is not to be listed in scripts/rooms.ts as one that reaches out.';
      context.report({ node: program, message });
    },
  };
}

const plugin = {
  meta: { name: 'rooms' },
  rules: { imports: { create: visitImports }, pure: { create: visitReach } },
};

export default plugin;
