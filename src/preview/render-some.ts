import { stateKey } from '../model/ledger.ts';
import type { Rendition } from '../model/rendition.ts';
import type { Workbench } from '../plan/workbench.ts';
import type { RememberedRenditions } from './remember-renditions.ts';

/** What renders the copies of a plan as far as it may. */
export interface SomeRenditions {
  readonly openRenderer: NonNullable<Workbench['openRenderer']>;
  /** The copies that it left, by `stateKey`: a plan has them as if they were new and empty. */
  readonly left: ReadonlySet<string>;
}

/** Renders copies that are not remembered only while it may, so that a plan can be shown before all of them are there. */
export function renderSome(
  remembered: RememberedRenditions,
  mayRender: () => boolean | Promise<boolean>,
): SomeRenditions {
  const left = new Set<string>();
  return {
    left,
    openRenderer(blog, config, site) {
      const { find, render } = remembered.open(blog, config, site);
      return async (post, targets) => {
        const known = find(post, targets);
        if (known !== undefined) return known;
        if (await mayRender()) return render(post, targets);
        const [{ name }] = targets;
        left.add(stateKey({ target: name, postId: post.id }));
        const rendition: Rendition = {
          postId: post.id,
          target: name,
          canonicalUrl: post.canonicalUrl,
          body: '',
          fields: {},
          assets: [],
          references: [],
          inputs: {},
          fingerprint: '',
        };
        return { diagnostics: [], shown: new Map([[name, { rendition }]]) };
      };
    },
  };
}
