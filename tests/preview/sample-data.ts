import type {
  ShownState,
  CopyView,
  Overview,
  PostLine,
  PostView,
  RemoteView,
} from '../../src/preview/define.ts';

const off: ShownState = { state: 'off', reason: 'it asks for no copy there' };

/** A whole document as a target's view makes it. */
export function makeDocument(body: string): string {
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A copy</title>' +
    `<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
    '<style>:root{color-scheme:light dark}body{margin:0;padding:16px;font:16px/1.5 sans-serif;overflow-wrap:anywhere}' +
    'h1{font-size:28px;line-height:1.2}.box{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}</style>' +
    `</head><body>${body}</body></html>`
  );
}

const live: ShownState = {
  state: 'live',
  reason: 'unchanged',
  at: '2026-11-24T09:00:00Z',
  local: '2026-11-24T09:00',
  url: 'https://dev.example/me/trees',
};

const waiting: ShownState = {
  state: 'waiting',
  reason: 'scheduled',
  at: '2026-12-03T08:30:00Z',
  local: '2026-12-03T08:30',
};

function makeLine(
  id: string,
  title: string,
  day: string,
  states: readonly [ShownState, ShownState, ShownState],
  more: Partial<PostLine> = {},
): PostLine {
  const [devto, linkedin, feed] = states;
  return {
    id,
    data: `posts/${id}`,
    title,
    path: `posts/${id}.md`,
    date: `${day}T08:00:00Z`,
    local: `${day}T08:00`,
    draft: false,
    tags: ['woods'],
    states: { devto, linkedin, feed },
    faults: { errors: 0, warnings: 0 },
    ...more,
  };
}

const isNew: ShownState = { state: 'new', reason: 'new' };

const lines: readonly PostLine[] = [
  makeLine('on-lichen', 'What lichen tells of the air', '2026-12-08', [
    { ...waiting, at: '2026-12-10T08:00:00Z', local: '2026-12-10T08:00' },
    off,
    { state: 'waiting', reason: 'scheduled', at: '2026-12-08T08:00:00Z', local: '2026-12-08T08:00' },
  ]),
  makeLine(
    'on-moss',
    'On moss, and why it is never in a hurry',
    '2026-11-28',
    [{ state: 'error', reason: 'the post has an error' }, waiting, isNew],
    { series: { name: 'Small plants', part: 2 }, faults: { errors: 1, warnings: 2 } },
  ),
  makeLine(
    'on-ferns',
    'Ferns before there were flowers',
    '2026-11-21',
    [
      { state: 'changed', reason: 'changed: post, series navigation', url: live.url ?? '' },
      live,
      { state: 'changed', reason: 'changed' },
    ],
    { series: { name: 'Small plants', part: 1 } },
  ),
  makeLine('on-trees', 'On trees', '2026-11-14', [
    { state: 'drifted', reason: 'edited on dev.to', url: live.url ?? '' },
    { state: 'held', reason: 'interrupted: LinkedIn cannot say whether it was posted' },
    live,
  ]),
  makeLine('on-roots', 'Roots & <what> they hold', '2026-10-30', [live, off, live], {
    faults: { errors: 0, warnings: 1 },
  }),
  makeLine('on-bark', 'Bark', '2026-10-02', [live, { state: 'by-hand', reason: 'it is to be pasted' }, live]),
];

/** An overview of an invented blog. */
export const sampleOverview: Overview = {
  site: { title: 'Woods & Words', url: 'https://woods.example', timezone: 'Europe/London' },
  from: 'server',
  now: '2026-12-01T08:12:00Z',
  local: '2026-12-01T08:12',
  banner: ['Nothing is sent from this page.'],
  targets: [
    { name: 'devto', kind: 'devto', granularity: 'copy', asks: true },
    { name: 'linkedin', kind: 'linkedin', granularity: 'copy', asks: false },
    { name: 'feed', kind: 'feed', granularity: 'feed', asks: false },
  ],
  mailing: [],
  letters: [],
  posts: lines,
  rules: [
    { rule: 'image-without-alt', severity: 'warning', count: 7, posts: ['on-moss', 'on-roots'] },
    { rule: 'devto-tag-count', severity: 'error', count: 1, posts: ['on-moss'] },
  ],
  calendar: [
    ...lines.map(({ id, title, date = '', local = '', series }) => ({
      post: id,
      title,
      what: date < '2026-12-01' ? ('out' as const) : ('waiting' as const),
      at: date,
      local,
      reason: '',
      ...(series === undefined ? {} : { series: series.name }),
    })),
    {
      post: 'on-moss',
      title: 'On moss, and why it is never in a hurry',
      target: 'linkedin',
      what: 'waiting' as const,
      at: '2026-12-03T08:30:00Z',
      local: '2026-12-03T08:30',
      reason: 'scheduled',
      series: 'Small plants',
    },
    {
      post: 'on-trees',
      title: 'On trees',
      target: 'linkedin',
      what: 'held' as const,
      at: '2026-12-01T08:30:00Z',
      local: '2026-12-01T08:30',
      reason: 'interrupted: LinkedIn cannot say whether it was posted',
    },
  ].toSorted((a, b) => (a.at < b.at ? -1 : 1)),
};

const text =
  'Moss takes its time. A cushion the size of a coin may be thirty years old, and it has not once been late for anything. ' +
  'What it does, it does on every side at once: drink, dry, wait, drink again. It has no roots to speak of, and needs none. ' +
  'I have looked at one wall for a year.\n\nHere is what I saw.\n\nhttps://woods.example/moss';

const body =
  '## The wall\n\nMoss takes its time.\n\n```js\nconst years = 30;\n```\n\n<script>alert(1)</script>\n';

function makeCopies(): readonly CopyView[] {
  return [
    {
      target: 'devto',
      kind: 'devto',
      state: { state: 'error', reason: 'the post has an error', url: live.url ?? '' },
      view: {
        frames: [
          {
            name: 'article',
            html: makeDocument(`<h1>On moss</h1><p>${text}</p><p id="long">${'Moss. '.repeat(400)}</p>`),
          },
        ],
      },
      raw: { text: body, language: 'markdown' },
      fields: [
        { name: 'title', text: 'On moss' },
        { name: 'tags', text: 'woods' },
      ],
      change: {
        what: 'post',
        hunks: [
          {
            before: 3,
            after: 3,
            lines: [
              { kind: 'same', words: [{ text: '## The wall', marked: false }] },
              {
                kind: 'removed',
                words: [
                  { text: 'Moss takes ', marked: false },
                  { text: 'no', marked: true },
                  { text: ' time.', marked: false },
                ],
              },
              {
                kind: 'added',
                words: [
                  { text: 'Moss takes ', marked: false },
                  { text: 'its', marked: true },
                  { text: ' time.', marked: false },
                ],
              },
            ],
          },
        ],
      },
    },
    {
      target: 'linkedin',
      kind: 'linkedin',
      state: waiting,
      view: {
        frames: [
          {
            name: 'folded',
            html: makeDocument(
              `<div class="box" data-text style="white-space:pre-wrap;font-size:14px">${text}</div>`,
            ),
            widths: [552, 375],
            marks: [
              { at: 140, what: 'Phones show about 140 characters' },
              { at: 210, what: 'Desktops show about 210 characters' },
            ],
          },
          {
            name: 'unfolded',
            html: makeDocument(`<div data-text style="white-space:pre-wrap;font-size:14px">${text}</div>`),
            widths: [552, 375],
            marks: [
              { at: 140, what: 'Phones show about 140 characters' },
              { at: 210, what: 'Desktops show about 210 characters' },
            ],
          },
        ],
      },
      raw: { text, language: 'text' },
      fields: [],
      copyText: text,
    },
    {
      target: 'feed',
      kind: 'feed',
      state: isNew,
      view: { frames: [{ name: 'item', html: makeDocument(`<h1>On moss</h1><p>${text}</p>`) }] },
      raw: { text: `<p>${text}</p>`, language: 'html' },
      fields: [],
    },
    {
      target: 'medium',
      kind: 'paste',
      state: { state: 'by-hand', reason: 'it is to be pasted' },
      view: { frames: [{ name: 'text', html: makeDocument(`<p>${text}</p>`) }] },
      raw: { text: `<p>${text}</p>`, language: 'html' },
      fields: [],
      copyText: `<p>${text}</p>`,
      hand: { fingerprint: 'f1', title: 'Medium', command: 'broadside resolve on-moss medium --url URL' },
    },
  ];
}

/** What the sample's target says that it holds. */
export const sampleRemote: RemoteView = {
  post: 'on-moss',
  target: 'devto',
  seen: 'drifted',
  message: 'Somebody edited it on dev.to.',
  change: {
    what: '',
    hunks: [
      {
        before: 3,
        after: 3,
        lines: [{ kind: 'added', words: [{ text: 'slowly', marked: true }] }],
      },
    ],
  },
};

/** The view of a post of the sample. */
export function makeView(line: PostLine): PostView {
  return {
    id: line.id,
    original: {
      title: line.title,
      url: `https://woods.example/${line.id}`,
      html: makeDocument(`<h1>On moss</h1><p>${text}</p><pre>const years = 30;</pre>`),
      source: { path: line.path, text: `---\ntitle: ${line.title}\ntags: [a, b, c, d, e]\n---\n\n${body}` },
      editorUrl: `vscode://file/blog/${line.path}:1:1`,
    },
    copies: makeCopies(),
    diagnostics:
      line.faults.errors === 0
        ? []
        : [
            {
              rule: 'devto-tag-count',
              severity: 'error',
              message: 'dev.to takes four tags, and this post has five.',
              remedy: 'Take one away, or name four for dev.to.',
              file: line.path,
              line: 3,
              column: 7,
              target: 'devto',
              editorUrl: `vscode://file/blog/${line.path}:3:7`,
            },
            {
              rule: 'image-without-alt',
              severity: 'warning',
              message: 'A picture has no text for those who cannot see it.',
              remedy: 'Say in its brackets what it shows.',
              file: line.path,
              line: 8,
              column: 1,
              editorUrl: `vscode://file/blog/${line.path}:8:1`,
            },
          ],
  };
}
