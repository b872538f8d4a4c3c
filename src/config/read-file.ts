import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument, visit } from 'yaml';
import { BroadsideError } from '../base/errors.ts';
import { explainYaml } from './explain.ts';
import { refuseYaml, type ConfigText } from './refuse.ts';

/** A config file as it stands, and as plain values. */
export interface ConfigFile extends ConfigText {
  readonly text: string;
  readonly value: unknown;
}

/**
 * Reads a config file, its path absolute and as people are told. Throws `CONFIG_MISSING`, and `CONFIG_INVALID` where it is not YAML in
 * UTF-8.
 */
export function readConfigFile(absolute: string, file: string): ConfigFile {
  const text = readConfigText(absolute, file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const { message, remedy } = explainYaml(fault, text);
    throw refuseYaml(message, remedy, fault.pos[0], { file, lines });
  }
  return { file, text, document, lines, value: readValue({ file, document, lines }) };
}

function readConfigText(absolute: string, shown: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(absolute);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new BroadsideError(
      'CONFIG_MISSING',
      missing ? `There is no config file at ${shown}.` : `The config file ${shown} cannot be read (${code}).`,
      {
        remedy: 'Run "broadside init" in your blog’s folder, or name the file with --config FILE.',
        file: shown,
        cause,
      },
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new BroadsideError('CONFIG_INVALID', `${shown}:1:1 The file is not UTF-8.`, {
      remedy: 'Save it as UTF-8.',
      file: shown,
      line: 1,
      column: 1,
      cause,
    });
  }
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
