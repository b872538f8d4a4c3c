/** A target that a config begins with. */
export interface BegunTarget {
  readonly name: string;
  /** The lines of YAML below its name. */
  readonly lines: readonly string[];
}

/** The lines of a config that make a target. */
export function writeTarget({ name, lines }: BegunTarget): string {
  return `  ${name}:\n${lines.map((line) => `    ${line}\n`).join('')}`;
}
