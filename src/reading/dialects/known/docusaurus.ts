import type { Family } from './family.ts';

/** What Docusaurus' own theme has for posts (https://docusaurus.io/docs/markdown-features, checked December 2026). */
export const docusaurus = {
  components: {
    Admonition: 'callout',
    CodeBlock: 'code',
    Details: 'details',
    Head: 'drop',
    IdealImage: 'image',
    Link: 'link',
    LiteYouTubeEmbed: 'youtube',
    ReactPlayer: 'embed',
    TabItem: 'tab',
    Tabs: 'unwrap',
    TOCInline: 'drop',
  },
} as const satisfies Family;
