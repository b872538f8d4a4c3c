import { LineCounter, parseDocument, visit } from 'yaml';
import { explainYaml } from './explain.ts';
import { refuseYaml, type ConfigText } from './refuse.ts';

/** A config file as YAML, and as plain values. */
export interface ConfigFile extends ConfigText {
  readonly value: unknown;
}

/** Reads a config file's text as YAML; `file` is its path for people. Throws `CONFIG_INVALID` where it is none. */
export function parseConfigText(text: string, file: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const { message, remedy } = explainYaml(fault, text);
    throw refuseYaml(message, remedy, fault.pos[0], { file, lines });
  }
  return { file, document, lines, value: readValue({ file, document, lines }) };
}

/** The document as plain values. Aliases are only followed here, so a wrong one is only found here. */
function readValue(config: ConfigText): unknown {
  const { document } = config;
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    const missing = /^Unresolved alias .*: (.+)$/.exec(cause.message)?.[1];
    let start = 0;
    visit(document, {
      Alias: (_key, node) => {
        if (missing !== undefined && node.source !== missing) return undefined;
        start = node.range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
    throw missing === undefined
      ? refuseYaml('Aliases repeat too much.', 'Write the values out.', start, config)
      : refuseYaml(
          `The alias *${missing} names nothing above it.`,
          'Put the text in quotes if it is not an alias.',
          start,
          config,
        );
  }
}
