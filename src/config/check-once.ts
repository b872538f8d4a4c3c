import { relative } from 'node:path';
import { digestText } from '../base/digest.ts';
import { openMemo } from '../base/memo.ts';
import type { TakenIds } from '../model/target.ts';
import { locateFeedIds, readFeedIdsText } from './feed-ids.ts';
import { readConfigText } from './read-text.ts';
import type { ConfigOptions } from './schema.ts';

/** What a config says, checked, and the ids that its feeds keep from before. */
interface Checked {
  readonly options: ConfigOptions;
  readonly ids: TakenIds;
}

/** A config file that was checked, as it stands. */
export interface CheckedFile extends Checked {
  readonly text: string;
  /** Of the file, and of that of the ids. */
  readonly digest: string;
}

/**
 * Reads a config file, both paths absolute and `file` its own for people. A file that an earlier run found sound is not checked
 * again, so the code for YAML and options need not be loaded. Throws `CONFIG_MISSING` or `CONFIG_INVALID`.
 */
export async function readConfigFile(
  path: string,
  file: string,
  root: string,
  cwd: string,
): Promise<CheckedFile> {
  const text = readConfigText(path, file);
  const idsPath = locateFeedIds(path);
  const idsText = readFeedIdsText(idsPath, cwd);
  const digest = idsText === undefined ? digestText(text) : digestText(`${text}\n${idsText}`);
  const memo = openMemo<Checked>(root, `config-${digestText(relative(root, path)).slice(0, 8)}`, '');
  const known = memo.find('checked', digest);
  if (known !== undefined) return { ...known, text, digest };
  const { checkConfigText } = await import('./check-text.ts');
  const { checkFeedIds } = await import('./check-feed-ids.ts');
  const options = await checkConfigText(text, file);
  const ids = idsText === undefined ? {} : checkFeedIds(idsText, relative(cwd, idsPath));
  memo.remember('checked', digest, { options, ids });
  memo.save();
  return { options, ids, text, digest };
}
