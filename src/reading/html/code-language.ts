import type { Element, RootContent } from 'hast';
import { classesOf, outermost, propertyOf } from './hast.ts';

/** Words that stand beside a language in a highlighter's class list, or that mean there is none. */
const noLanguage = new Set(
  (
    'highlight hljs chroma code sourcecode codehilite prettyprint notranslate shiki line-numbers ' +
    'linenums literal-block wp-block-code wp-block-preformatted copy wrap text txt plain plaintext ' +
    'text-plain none nohighlight no-highlight default auto js-code-highlight highlighter-rouge ansi ' +
    'table figure numberlines mw-code'
  ).split(' '),
);

/** Languages as people name them where a class says nothing but the language. */
const languages: ReadonlySet<string> = new Set(
  (
    'abap actionscript ada agda apache apl applescript arduino asciidoc asm assembly astro autohotkey awk bash bat batch bibtex ' +
    'bicep brainfuck c c# c++ cc clj clojure cmake cobol coffee coffeescript common-lisp cpp cs csharp css csv cts cuda cypher d dart ' +
    'delphi diff django docker dockerfile dot elisp elixir elm erb erl erlang ex exs f# fish fortran fs fsharp gdscript gherkin git ' +
    'gitignore gleam glsl gnuplot go golang gradle graphql groovy haml handlebars haskell haxe hbs hcl hlsl hs html http ini ' +
    'java javascript jinja jinja2 jl jq js json json5 jsonc jsonnet jsx julia kotlin kt latex less liquid lisp llvm lua make makefile ' +
    'markdown mathematica matlab md mdx mermaid mips mts mysql nasm nginx nim nix nunjucks objc objective-c objectivec ocaml octave ' +
    'odin org pascal patch perl pgsql php pl plantuml plsql postgres postgresql powershell prisma prolog properties proto protobuf ' +
    'ps1 pug puppet purescript py python python3 q qml r racket raku razor rb re reason regex rego rest rst rs ruby rust sas sass scala ' +
    'scheme scss sed sh shell shell-session solidity sparql sql stan stylus svelte svg swift systemverilog tcl terraform tex tf toml ts ' +
    'tsql tsx twig typescript typst v vb vbnet verilog vhdl vim viml vue wasm wat wgsl wolfram x86asm xml xquery xslt yaml yml zig zsh'
  ).split(' '),
);

/** Whether a word, in lower case, is what people call a language, or that there is none. */
export function isLanguageName(word: string): boolean {
  return languages.has(word) || noLanguage.has(word);
}

/** GitHub's names of grammars where they are not the language's own. */
const grammars: Readonly<Record<string, string>> = {
  'html-basic': 'html',
  'html-erb': 'erb',
  gfm: 'markdown',
};

/** The language that a block of code is in, as it, the `code` in it or what is around it for it alone says in any way there is. */
export function findLanguage(pre: Element, ancestors: readonly Element[] = []): string | undefined {
  const inner = outermost(pre, 'code')[0];
  const own = [...(inner ? [inner] : []), pre];
  for (const element of [...own, ...wrappersOf(ancestors)]) {
    const named =
      readLanguage(element, own.includes(element) || element.tagName === 'figure') ??
      (own.includes(element) ? readBareLanguage(element) : undefined);
    if (named !== undefined) return noLanguage.has(named.toLowerCase()) ? undefined : named;
  }
  return undefined;
}

/** The elements around a block of code that are there for it alone, innermost first. */
function wrappersOf(ancestors: readonly Element[]): readonly Element[] {
  const reversed = ancestors.toReversed();
  const end = reversed.findIndex(
    (element) =>
      !['div', 'figure', 'section', 'table', 'tbody', 'tr', 'td', 'span'].includes(element.tagName) ||
      countPres(element, 3) > 2,
  );
  return (end === -1 ? reversed : reversed.slice(0, end)).slice(0, 4);
}

/** How many blocks of code an element holds, counted up to a limit. */
function countPres(node: RootContent, limit: number): number {
  if (node.type !== 'element') return 0;
  if (node.tagName === 'pre') return 1;
  let count = 0;
  for (const child of node.children) {
    if (count >= limit) break;
    count += countPres(child, limit - count);
  }
  return count;
}

function readLanguage(element: Element, bareWordsCount: boolean): string | undefined {
  const classes = classesOf(element);
  for (const name of classes) {
    const grammar = /^highlight-(?:source|text)-(.+)$/.exec(name)?.[1];
    if (grammar !== undefined) return grammars[grammar] ?? grammar;
    const word = /^(?:(?:language|lang)[-:]|highlight-|sh_)([^\s{]+)$/.exec(name)?.[1];
    if (word !== undefined && isLanguage(word)) return word;
  }
  const data = Object.keys(element.properties).find((name) => /^data.*lang(?:uage)?$/i.test(name));
  const named = data === undefined ? undefined : propertyOf(element, data);
  if (named !== undefined && isLanguage(named)) return named;
  const brush = /(?:^|\s)brush:\s*([\w+#.-]+)/i.exec(classes.join(' '))?.[1];
  if (brush !== undefined) return brush;
  const highlighted = classes.some((name) =>
    ['highlight', 'hljs', 'sourceCode', 'code', 'src'].includes(name),
  );
  if (!bareWordsCount || !highlighted) return undefined;
  const bare = classes.map((name) => name.replace(/^src-/, ''));
  return bare.find((name) => isLanguage(name) && name !== 'src' && !noLanguage.has(name.toLowerCase()));
}

/** A language that is named by nothing but a class, or by `lang`, as GitHub's own renderer does. */
function readBareLanguage(element: Element): string | undefined {
  const words = [...classesOf(element), propertyOf(element, 'lang') ?? ''];
  return words.find((word) => languages.has(word.toLowerCase()))?.toLowerCase();
}

function isLanguage(word: string): boolean {
  return /^[a-z0-9][\w+#.-]*$/i.test(word) && word.length <= 40;
}
