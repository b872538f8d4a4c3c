/** Elements that stand by themselves, apart from running text. */
export const blockElements: ReadonlySet<string> = new Set(
  `address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3
  h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul`.split(
    /\s+/,
  ),
);

/** Blocks that only hold running text or other blocks, and say nothing of it that a line does not. */
export const flatBlocks: ReadonlySet<string> = new Set(
  'address center div h1 h2 h3 h4 h5 h6 header hgroup p section'.split(' '),
);

/** Elements that only group what is in them, and so set it apart from what is around. */
export const groupElements: ReadonlySet<string> = new Set(
  'address article aside center dialog div fieldset footer header hgroup legend main nav search section'.split(
    ' ',
  ),
);
