import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BroadsideError } from '../../../base/errors.ts';
import type { Finding } from '../../../model/target.ts';
import { tellFailure } from '../../tell-failure.ts';
import { readManifest, type MailFolder } from './manifest.ts';

const nowhere: Finding = {
  level: 'warning',
  what: 'Nothing says where readers unsubscribe. Most countries and Gmail require that of letters to many readers.',
  remedy: 'Set unsubscribe of the target, unless whoever mails the letters puts a link under them.',
};

/** Whether letters could be written to their folder, what is in it, and whether readers could unsubscribe. */
export function diagnoseFolder(
  place: MailFolder,
  { unsubscribe }: { readonly unsubscribe: string | undefined },
): readonly Finding[] {
  return [...judgeFolder(place), ...(unsubscribe === undefined ? [nowhere] : [])];
}

function judgeFolder(place: MailFolder): readonly Finding[] {
  const { root, path } = place;
  try {
    const count = readManifest(place).length;
    accessSync(findExisting(join(root, path)), constants.W_OK);
    return [{ level: 'ok', what: `${path}/ can be written to, and holds ${count} of its letters.` }];
  } catch (error) {
    if (error instanceof BroadsideError) return [tellFailure(error)];
    return [
      {
        level: 'error',
        what: `${path}/ cannot be written to.`,
        remedy: 'Let this user write there, or give the target another path.',
      },
    ];
  }
}

/** A folder, or the nearest above it that is there. */
function findExisting(folder: string): string {
  const above = dirname(folder);
  return existsSync(folder) || above === folder ? folder : findExisting(above);
}
