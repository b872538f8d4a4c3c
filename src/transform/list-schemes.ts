import type { Root } from 'mdast';
import type { Place } from '../model/diagnostic.ts';
import { isScriptAddress } from '../reading/html/script-address.ts';
import { listAddresses } from './list-addresses.ts';

/** A link of a scheme, such as `git:`, in lower case and without the colon. */
export interface SchemeLink {
  readonly scheme: string;
  readonly place: Place;
}

/** The links of a tree whose scheme is none of those that are `shown`; what runs scripts has been taken away before. */
export function listOtherSchemes(tree: Root, shown: ReadonlySet<string>): readonly SchemeLink[] {
  return listAddresses(tree).flatMap(({ url, role, place }) => {
    const scheme = /^\s*([a-z][a-z\d+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';
    const isOwn = scheme === '' || scheme.startsWith('broadside-') || isScriptAddress(url);
    return role !== 'link' || isOwn || shown.has(scheme) ? [] : [{ scheme, place }];
  });
}
