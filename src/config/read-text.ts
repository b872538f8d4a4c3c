import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { BroadsideError } from '../base/errors.ts';

/**
 * The text of a config file, its path absolute and as people are told. Throws `CONFIG_MISSING`, and `CONFIG_INVALID` where it is not
 * UTF-8.
 */
export function readConfigText(absolute: string, shown: string): string {
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
        remedy: missing ? tellMissing(absolute, shown) : 'Make it a file that you may read.',
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

/** What to do where a config is missing: a command is often run in a folder of the blog instead of the blog’s own. */
function tellMissing(absolute: string, shown: string): string {
  const remedy = 'Run "broadside init" in your blog’s folder, or name the file with --config FILE.';
  if (isAbsolute(shown)) return remedy;
  for (let folder = absolute.slice(0, -shown.length); folder !== dirname(folder);) {
    folder = dirname(folder);
    if (existsSync(join(folder, shown))) return `There is one in ${folder}. Run the command there.`;
  }
  return remedy;
}
