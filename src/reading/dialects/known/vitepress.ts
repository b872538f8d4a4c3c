import type { Family } from './family.ts';

/** VitePress' badges, and the containers of its plugins (https://vitepress.dev/guide/markdown, checked December 2026). */
export const vitepress = {
  components: { Badge: 'text' },
  directives: {
    'v-pre': 'unwrap',
    raw: 'unwrap',
    tabs: 'unwrap',
    tab: 'tab',
  },
} as const satisfies Family;
