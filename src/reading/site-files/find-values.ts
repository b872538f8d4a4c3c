import { applyFilters } from './apply-filters.ts';
import { type Data, type FileView, isData, readData, textAt, valueAt } from './read-data.ts';
import { readScript } from './read-script.ts';

/** What is asked for values. */
export interface ValueFinder {
  /** Whether the site's config has its generator show expressions as they are written. */
  readonly isOff: boolean;
  /** The tag by which the site's generator has a post give a name a value. */
  readonly assigns: 'assign' | 'set' | undefined;
  /** The value that the site's own files give an expression. */
  ofSite(expression: string): string | undefined;
  /** The value that a post's front matter gives an expression. */
  ofPost(expression: string, values: Data): string | undefined;
}

/** What is looked up in a site of one kind; names are as the author writes them, without filters. */
interface Names {
  readonly isOff?: boolean;
  readonly assigns?: 'assign' | 'set';
  readonly ofSite: (name: string) => unknown;
  readonly ofPost: (name: string, values: Data) => unknown;
}

/** A folder of a site, whose files of data are each parsed once. */
interface Folder extends FileView {
  data(path: string): Data | undefined;
}

/** Opens the site whose posts lie in a folder: the nearest config of a generator that fills in values, from that folder up. */
export function openSiteFiles(files: FileView, folder: string): ValueFinder {
  const site = findSite(files, folder);
  const read = (expression: string, look: (name: string) => string | undefined): string | undefined => {
    const [name = '', ...filters] = expression.split('|').map((part) => part.trim());
    const value = look(name.replaceAll(/\[(["'])([^"'\]]+)\1\]/g, '.$2'));
    return value === undefined ? undefined : applyFilters(value, filters);
  };
  return {
    isOff: site?.isOff === true,
    assigns: site?.assigns,
    ofSite: (expression) => read(expression, (name) => asText(site?.ofSite(name))),
    ofPost: (expression, values) =>
      read(expression, (name) => asWritten(readMember(name, values) ?? site?.ofPost(name, values))),
  };
}

/** Text that stands in a line as it is: no list, no number or date of which only its generator knows how it prints it, nothing that is run. */
function asText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const isPlain = text !== '' && text.length <= 2000 && !/[\r\n]|\{\{|\{%/.test(text);
  return isPlain && !/^\d{4}-\d\d-\d\d/.test(text) ? text : undefined;
}

/** The same for what a front matter has, where text in quotes and a number look alike. */
function asWritten(value: unknown): string | undefined {
  const text = asText(value);
  return text === undefined || /^[-+]?\d*\.\d+$/.test(text) ? undefined : text;
}

/** What components and Vue call the front matter. */
function readMember(name: string, values: Data): unknown {
  const [, path] =
    /^(?:frontMatter|frontmatter|props\.pageContext\.frontmatter|\$frontmatter|\$doc)\.(.+)$/.exec(name) ??
    [];
  return path === undefined ? undefined : valueOf(values, path);
}

/** The value at a dotted path, its names as they are written. */
function valueOf(data: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, key) => (isData(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
      data,
    );
}

function findSite(files: FileView, folder: string): Names | undefined {
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.');
  for (let length = parts.length; length >= 0; length -= 1) {
    const at = parts.slice(0, length).join('/');
    const inside = openFolder(files, at);
    for (const open of [openHugo, openJekyll, openEleventy, openMkdocs, openQuarto]) {
      const found = open(inside);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function openFolder(files: FileView, at: string): Folder {
  const known = new Map<string, Data | undefined>();
  const read = (path: string): string | undefined => files.read(at === '' ? path : `${at}/${path}`);
  return {
    read,
    data(path) {
      // Whoever watches what is read hears of it each time.
      const text = read(path);
      if (!known.has(path)) known.set(path, readData({ read: () => text }, path));
      return known.get(path);
    },
  };
}

/** The values of the first of these files that is there. */
function readFirst(files: Folder, names: readonly string[], endings: readonly string[]): Data | undefined {
  for (const name of names) {
    for (const ending of endings) {
      const data = files.data(`${name}.${ending}`);
      if (data !== undefined) return data;
    }
  }
  return undefined;
}

const yamlFirst = ['yml', 'yaml', 'json'];
const tomlFirst = ['toml', 'yaml', 'yml', 'json'];

/** `param` is a field of the post, else one of the site’s `params`, which each language may have for itself. */
function openHugo(files: Folder): Names | undefined {
  const own = readFirst(files, ['hugo', 'config/_default/hugo', 'config/_default/config'], tomlFirst);
  const old = own ?? readFirst(files, ['config'], tomlFirst);
  const isHugo = own !== undefined || ['baseURL', 'params'].some((name) => valueAt(old, name) !== undefined);
  if (old === undefined || !isHugo || Object.hasOwn(old, 'base_url')) return undefined;
  const languages = Object.keys(
    valueAt(old, 'languages') ?? readFirst(files, ['config/_default/languages'], tomlFirst) ?? {},
  );
  const groups = [
    ['config/production/hugo', 'config/production/config'].map((name) =>
      valueAt(readFirst(files, [name], tomlFirst), 'params'),
    ),
    [readFirst(files, ['config/production/params'], tomlFirst)],
    [readFirst(files, ['config/_default/params'], tomlFirst), valueAt(old, 'params')],
  ].flat();
  const ofLanguages = languages.flatMap((code) => [
    valueAt(old, `languages.${code}.params`),
    valueAt(readFirst(files, ['config/_default/languages'], tomlFirst), `${code}.params`),
    readFirst(files, [`config/_default/params.${code}`], tomlFirst),
  ]);
  const ofSite = (path: string): unknown => {
    const main = groups.map((group) => valueAt(group, path)).find((value) => value !== undefined);
    const all = new Set(
      [main, ...ofLanguages.map((group) => valueAt(group, path))].filter((value) => value !== undefined),
    );
    return all.size === 1 ? [...all][0] : undefined;
  };
  const pathOf = (name: string): string | undefined => /^param (.+)$/.exec(name)?.[1];
  return {
    ofSite: (name) => ofSite(pathOf(name) ?? ''),
    ofPost: (name, values) => {
      const path = pathOf(name) ?? '';
      return valueAt(values, path) ?? valueAt(values, `params.${path}`);
    },
  };
}

/** What Jekyll itself says of a page, whatever its front matter has. */
const ofJekyll = /^page\.(?:collection|content|date|dir|excerpt|id|name|next|path|previous|url)(?:\.|$)/;

function openJekyll(files: Folder): Names | undefined {
  const config = readFirst(files, ['_config'], ['yml', 'yaml', 'toml']);
  if (config === undefined || isHexo(files, config)) return undefined;
  const source = textAt(config, 'source') ?? '';
  const folder = [source, textAt(config, 'data_dir') ?? '_data'].filter((part) => part !== '').join('/');
  return {
    assigns: 'assign',
    ofSite(name) {
      const [, path] = /^site\.(.+)$/.exec(name) ?? [];
      if (path === undefined) return undefined;
      const [, inData] = /^data\.(.+)$/.exec(path) ?? [];
      return inData === undefined ? valueOf(config, path) : readFolder(files, folder, inData, yamlFirst);
    },
    ofPost: (name, values) =>
      name.startsWith('page.') && !ofJekyll.test(name)
        ? valueOf(values, name.slice('page.'.length))
        : undefined,
  };
}

/** Hexo’s config has the same name, and its posts know nothing of it. */
function isHexo(files: Folder, config: Data): boolean {
  return (
    ['new_post_name', 'skip_render'].some((name) => Object.hasOwn(config, name)) ||
    isData(valueOf(files.data('package.json'), 'hexo'))
  );
}

/** A value in a folder of data: the first names are those of folders and a file. */
function readFolder(files: Folder, folder: string, path: string, endings: readonly string[]): unknown {
  const names = path.split('.');
  if (!names.every((name) => /^[\w-]+$/.test(name))) return undefined;
  for (const length of names.slice(1).map((_, index) => index + 1)) {
    const data = readFirst(files, [[folder, ...names.slice(0, length)].join('/')], endings);
    if (data !== undefined) return valueOf(data, names.slice(length).join('.'));
  }
  return undefined;
}

const scripts = ['js', 'mjs', 'cjs', 'ts'];

function openEleventy(files: Folder): Names | undefined {
  const name = ['.eleventy.js', ...scripts.map((ending) => `eleventy.config.${ending}`)].find(
    (path) => files.read(path) !== undefined,
  );
  const isNeeded = ['dependencies', 'devDependencies'].some(
    (group) => valueOf(valueOf(files.data('package.json'), group), '@11ty/eleventy') !== undefined,
  );
  if (name === undefined && !isNeeded) return undefined;
  const text = name === undefined ? '' : (files.read(name) ?? '');
  const script = readScript(text);
  const [input] = script.calls('setInputDirectory');
  const [data] = script.calls('setDataDirectory');
  const folder = [
    (typeof input === 'string' ? input : script.text('dir.input')) ?? '',
    (typeof data === 'string' ? data : script.text('dir.data')) ?? '_data',
  ]
    .map((part) => part.replaceAll(/^\.\/|\/$/g, ''))
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  const runsNothing = /markdownTemplateEngine["']?\s*:\s*false/.test(text);
  const runsNunjucks = /markdownTemplateEngine["']?\s*:\s*["']njk["']/.test(text);
  return {
    isOff: runsNothing,
    ...(!runsNothing && { assigns: runsNunjucks ? 'set' : 'assign' }),
    ofSite(path) {
      const [first = '', ...rest] = path.split('.');
      if (runsNothing || rest.length === 0 || first === 'page' || first === 'eleventy') return undefined;
      if (first === 'pkg') return valueOf(files.data('package.json'), rest.join('.'));
      return (
        readFolder(files, folder, path, ['json', 'yaml', 'yml', 'toml']) ??
        readModule(files, `${folder}/${first}`, rest.join('.'))
      );
    },
    ofPost: (path, values) => (runsNothing || path.startsWith('page.') ? undefined : valueOf(values, path)),
  };
}

/** The text at a path of what a script exports, where that is written out and not made. */
function readModule(files: FileView, name: string, path: string): string | undefined {
  const text = scripts.map((ending) => files.read(`${name}.${ending}`)).find((one) => one !== undefined);
  const isWritten = text !== undefined && /(?:module\.exports\s*=|export\s+default)\s*\{/.test(text);
  return isWritten && !/\bfunction\b|=>/.test(text) ? readScript(text).text(path) : undefined;
}

/** The macros plugin fills in; without it MkDocs shows braces as they are. */
function openMkdocs(files: Folder): Names | undefined {
  const config = readFirst(files, ['mkdocs'], ['yml', 'yaml']);
  if (config === undefined) return undefined;
  const plugins = valueOf(config, 'plugins');
  const named = Array.isArray(plugins)
    ? plugins.flatMap((one: unknown) => (isData(one) ? Object.keys(one) : one))
    : Object.keys(plugins ?? {});
  const fills = named.includes('macros');
  return {
    isOff: !fills,
    ofSite(name) {
      if (!fills) return undefined;
      const [, path] = /^config\.(.+)$/.exec(name) ?? [];
      return path === undefined ? valueOf(valueOf(config, 'extra'), name) : valueOf(config, path);
    },
    ofPost(name, values) {
      if (!fills) return undefined;
      if (name === 'page.title') return valueOf(values, 'title');
      return valueOf(values, name.replace(/^page\.meta\./, ''));
    },
  };
}

/** `meta` is a field of the document, else one of the project’s; `var` one of its variables. */
function openQuarto(files: Folder): Names | undefined {
  const config = readFirst(files, ['_quarto'], ['yml', 'yaml']);
  if (config === undefined) return undefined;
  return {
    ofSite(name) {
      const [, tag, path = ''] = /^(meta|var) (.+)$/.exec(name) ?? [];
      if (tag === 'var') return valueOf(readFirst(files, ['_variables'], ['yml', 'yaml']), path);
      return tag === 'meta' ? valueOf(config, path) : undefined;
    },
    ofPost: (name, values) =>
      name.startsWith('meta ') ? valueOf(values, name.slice('meta '.length)) : undefined,
  };
}
