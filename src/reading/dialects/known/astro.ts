import type { Family } from './family.ts';

/** Astro's own components, those of astro-embed and of Starlight (https://starlight.astro.build/components/using-components/, checked December 2026). */
export const astro = {
  components: {
    Image: 'image',
    Picture: 'image',
    Code: 'code',
    Prism: 'code',
    Fragment: 'unwrap',
    AudioPlayer: 'embed',
    BlueskyPost: 'embed',
    Gist: 'embed',
    LinkPreview: 'embed',
    MastodonPost: 'embed',
    Tweet: 'tweet',
    Vimeo: 'vimeo',
    YouTube: 'youtube',
    Aside: 'note',
    Badge: 'text',
    Card: 'unwrap',
    CardGrid: 'unwrap',
    FileTree: 'unwrap',
    Icon: 'drop',
    LinkButton: 'link',
    LinkCard: 'link',
    Steps: 'unwrap',
    TabItem: 'tab',
    Tabs: 'unwrap',
  },
} as const satisfies Family;
