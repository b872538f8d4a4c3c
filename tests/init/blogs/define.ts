/** A blog as its author keeps it, made of invented texts, and what is true of it. */
export interface SampleBlog {
  /** The generator, and what is particular about how the blog is kept. */
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly generator: string;
  readonly url: string;
  /** Each source as the config has it: the folder, the template of addresses, and the language of its posts. */
  readonly sources: readonly (readonly [path: string, canonical: string, lang?: string])[];
  /** Folders that are named and not taken. */
  readonly others?: readonly string[];
  /** Where the generator puts each post, below the site's address, by its file. */
  readonly pages: Readonly<Record<string, string>>;
}

/** A post's text: YAML with a title, a date and further lines. */
export function post(title: string, date: string | undefined, ...more: readonly string[]): string {
  const lines = [
    `title: ${JSON.stringify(title)}`,
    ...(date === undefined ? [] : [`date: ${date}`]),
    ...more,
  ];
  return `---\n${lines.join('\n')}\n---\n\n${title}, at some length.\n`;
}

/** A post's text with TOML before it. */
export function tomlPost(title: string, date: string, ...more: readonly string[]): string {
  return `+++\n${[`title = ${JSON.stringify(title)}`, `date = ${date}`, ...more].join('\n')}\n+++\n\n${title}, at some length.\n`;
}

/** A page that is no post. */
export const page = '---\ntitle: About\n---\n\nWho writes here.\n';
