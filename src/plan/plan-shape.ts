import { z } from 'zod';
import { listWords } from '../base/list-words.ts';
import { explainIssue, valueAt } from '../config/explain.ts';
import { fingerprintRendition } from '../base/digest.ts';
import { isSitePath, isWebAddress } from '../model/address.ts';
import type { Diagnostic, RuleId, Severity } from '../model/diagnostic.ts';
import { stateKey, type StoredPiece } from '../model/ledger.ts';
import { copyOf, idOf } from '../model/plan.ts';
import type {
  Action,
  CopyAction,
  HoldReason,
  OwnWait,
  Plan,
  PostAction,
  PostActionOf,
  Reason,
  Verb,
} from '../model/plan.ts';
import type { Asset, Json, Rendition } from '../model/rendition.ts';
import type { FeedDocument, RemoteState } from '../model/target.ts';
import { planLifetime } from './assemble.ts';

const instant = z.iso.datetime({ error: 'is not an instant such as 2026-12-01T08:30:00Z' });
const texts = z.record(z.string(), z.string());
const json = z.record(z.string(), z.unknown() as z.ZodType<Json>);

/** One of the words of a union, all of which have to be here. */
function oneOf<Word extends string>(words: Readonly<Record<Word, true>>) {
  return z.enum(Object.keys(words) as Word[]);
}

const asset = z.strictObject({
  role: oneOf<Asset['role']>({ cover: true }),
  url: z.string(),
  alt: z.string().exactOptional(),
} satisfies Record<keyof Asset, z.ZodType>);

const rendition = z.strictObject({
  postId: z.string(),
  target: z.string(),
  canonicalUrl: z.string(),
  body: z.string(),
  fields: json,
  assets: z.array(asset),
  references: z.array(z.string()),
  inputs: texts,
  fingerprint: z.string(),
} satisfies Record<keyof Rendition, z.ZodType>);

/** An adopted copy is not sent, and may have been made from an earlier text of the post. */
const sentRendition = rendition.refine((made) => made.fingerprint === fingerprintRendition(made), {
  path: ['fingerprint'],
  error: 'is not that of the rendition, which was changed after it was planned',
});

const document = z.strictObject({
  path: z.string().refine(isSitePath, 'is not a path inside the site'),
  type: z.string(),
  text: z.string(),
  hub: z.string().exactOptional(),
} satisfies Record<keyof FeedDocument, z.ZodType>);

const step = { target: z.string(), ledgerLength: z.int().min(0) };
const note = z.string();
const remoteId = z.string().min(1);
const url = z
  .string()
  .refine((text) => text === '' || isWebAddress(text), 'is not an address that may be shown');
const requires = z.array(z.string()).exactOptional();
const missed = instant.exactOptional();
const unobserved = z.boolean().exactOptional();
/** The place of a copy whose address nobody has. */
const somewhere = { remoteId: z.string().exactOptional(), url: url.exactOptional() };
const feedFiles = z.array(document);

type WaitByHand = Extract<PostActionOf<'wait'>, { readonly reason: 'by-hand' }>;

/** The fields of an action beside its subject, all of which have to be here. */
type Fields<Kind extends PostAction> = Readonly<Record<Exclude<keyof Kind, 'post'>, z.ZodType>>;

const createNew = {
  ...step,
  verb: z.literal('create'),
  reason: z.literal('new'),
  note: note.exactOptional(),
  rendition: sentRendition,
  missed,
  requires,
  unobserved,
} satisfies Fields<Extract<PostActionOf<'create'>, { readonly reason: 'new' }>>;

const createAgain = {
  ...createNew,
  remoteId: remoteId.exactOptional(),
  url: url.exactOptional(),
  reason: z.literal('again'),
} satisfies Fields<Extract<PostActionOf<'create'>, { readonly reason: 'again' }>>;

const update = {
  ...step,
  verb: z.literal('update'),
  reason: z.literal('changed'),
  note,
  remoteId,
  url,
  rendition: sentRendition,
  unobserved,
} satisfies Fields<PostActionOf<'update'>>;

const adopt = {
  ...step,
  verb: z.literal('adopt'),
  reason: z.literal('found'),
  note: note.exactOptional(),
  remoteId,
  url,
  origin: oneOf<PostActionOf<'adopt'>['origin']>({ elsewhere: true, own: true, edited: true }),
  found: z.strictObject({
    state: oneOf<RemoteState>({
      live: true,
      draft: true,
      gone: true,
      unverified: true,
      sent: true,
    }),
    echo: z.string(),
    body: z.string().exactOptional(),
  } satisfies Record<keyof PostActionOf<'adopt'>['found'], z.ZodType>),
  rendition,
  missed,
  requires,
} satisfies Fields<PostActionOf<'adopt'>>;

const wait = {
  ...step,
  verb: z.literal('wait'),
  reason: oneOf<OwnWait['reason']>({
    scheduled: true,
    'not-live': true,
    'no-page': true,
    'out-of-order': true,
    'rate-limited': true,
    'in-flight': true,
  }),
  note: note.exactOptional(),
  at: instant.exactOptional(),
  missed,
} satisfies Fields<Exclude<PostActionOf<'wait'>, WaitByHand>>;

const waitForHand = {
  ...step,
  ...somewhere,
  verb: z.literal('wait'),
  reason: z.literal('by-hand'),
  work: oneOf<WaitByHand['work']>({ create: true, update: true }),
  note: note.exactOptional(),
  rendition: sentRendition,
  importUrl: z.string().exactOptional(),
  since: instant.exactOptional(),
  record: z.string().exactOptional(),
} satisfies Fields<WaitByHand>;

const hold = {
  ...step,
  ...somewhere,
  verb: z.literal('hold'),
  reason: oneOf<HoldReason>({
    interrupted: true,
    unreadable: true,
    drifted: true,
    refused: true,
    removed: true,
    renamed: true,
    old: true,
    'too-many': true,
    unsupported: true,
    behind: true,
    'sends-now': true,
    'not-live': true,
    'no-page': true,
  }),
  note: note.exactOptional(),
  diff: z.string().exactOptional(),
} satisfies Fields<PostActionOf<'hold'>>;

const keep = {
  ...step,
  ...somewhere,
  verb: z.literal('keep'),
  reason: z.literal('unchanged'),
  note: note.exactOptional(),
} satisfies Fields<PostActionOf<'keep'>>;

const writeFeed = {
  ...step,
  feed: z.string(),
  note,
  documents: feedFiles,
  inputs: texts,
  fingerprint: z.string(),
  references: z.array(z.string()),
};

/** What is said of a verb that is none of these. */
function oneOfVerbs(...verbs: readonly Verb[]) {
  const error = ({ code }: z.core.$ZodRawIssue): string | undefined =>
    code === 'invalid_union' ? `has to be ${listWords(verbs, 'or')}` : undefined;
  return { error };
}

/** What is said of a reason that is none of these. */
function oneOfReasons(values: readonly Reason[]) {
  const error = ({ code, input }: z.core.$ZodRawIssue): string | undefined =>
    code === 'invalid_union'
      ? explainIssue({ code: 'invalid_value', values: [...values], input: valueAt(input, ['reason']) })
      : undefined;
  return { error };
}

const createReasons = ['new', 'again'] as const;

const ofPost = { post: z.string() };
const ofLetter = { letter: z.string(), day: z.int().min(0).exactOptional() };
const ofAnotherCopy = { path: ['rendition'], error: 'is that of another copy' };

const postAction = z
  .discriminatedUnion(
    'verb',
    [
      z.discriminatedUnion(
        'reason',
        [z.strictObject({ ...createNew, ...ofPost }), z.strictObject({ ...createAgain, ...ofPost })],
        oneOfReasons(createReasons),
      ),
      z.strictObject({ ...update, ...ofPost }),
      z.strictObject({ ...adopt, ...ofPost }),
      z.discriminatedUnion(
        'reason',
        [z.strictObject({ ...wait, ...ofPost }), z.strictObject({ ...waitForHand, ...ofPost })],
        oneOfReasons([...wait.reason.options, 'by-hand']),
      ),
      z.strictObject({ ...hold, ...ofPost }),
      z.strictObject({ ...keep, ...ofPost }),
    ],
    oneOfVerbs('create', 'update', 'adopt', 'wait', 'hold', 'keep'),
  )
  .refine(hasOwnRendition, ofAnotherCopy);

const letterAction = z
  .discriminatedUnion(
    'verb',
    [
      z.discriminatedUnion(
        'reason',
        [z.strictObject({ ...createNew, ...ofLetter }), z.strictObject({ ...createAgain, ...ofLetter })],
        oneOfReasons(createReasons),
      ),
      z.strictObject({ ...update, ...ofLetter }),
      z.strictObject({ ...adopt, ...ofLetter }),
      z.strictObject({ ...wait, ...ofLetter }),
      z.strictObject({ ...hold, ...ofLetter }),
      z.strictObject({ ...keep, ...ofLetter }),
    ],
    oneOfVerbs('create', 'update', 'adopt', 'wait', 'hold', 'keep'),
  )
  .refine(hasOwnRendition, ofAnotherCopy);

function hasOwnRendition(given: CopyAction): boolean {
  if (!('rendition' in given)) return true;
  return given.rendition.postId === idOf(given) && given.rendition.target === given.target;
}

const feedAction = z
  .discriminatedUnion(
    'verb',
    [
      z.strictObject({ ...writeFeed, verb: z.literal('create'), reason: z.literal('new') }),
      z.strictObject({ ...writeFeed, verb: z.literal('update'), reason: z.literal('changed') }),
      z.strictObject({ ...hold, feed: z.string() }),
      z.strictObject({ ...keep, feed: z.string(), documents: feedFiles.exactOptional() }),
    ],
    oneOfVerbs('create', 'update', 'hold', 'keep'),
  )
  .refine(({ feed, target }) => feed === target, {
    path: ['feed'],
    error: 'has to be the name of its target',
  });

/** An action, by what it is about and then by its verb, so that a fault is told of the one that was meant. */
const action = z.unknown().transform((value, context): Action => {
  const parsed = chooseShape(value).safeParse(value, { error: explainIssue });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues)
    context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
  return z.NEVER;
});

function chooseShape(value: unknown): z.ZodType<Action> {
  if (value === null || typeof value !== 'object') return postAction;
  if ('feed' in value) return feedAction;
  return 'letter' in value ? letterAction : postAction;
}

const diagnostic = z.strictObject({
  rule: z.string() as unknown as z.ZodType<RuleId>,
  severity: oneOf<Severity>({ error: true, warning: true }),
  message: z.string(),
  remedy: z.string(),
  file: z.string(),
  line: z.int(),
  column: z.int(),
  postId: z.string().exactOptional(),
  target: z.string().exactOptional(),
  syntax: z
    .strictObject({
      group: oneOf<'shortcodes' | 'directives' | 'components'>({
        shortcodes: true,
        directives: true,
        components: true,
      }),
      name: z.string(),
      isPair: z.literal(true).exactOptional(),
    })
    .exactOptional(),
  once: z.literal(true).exactOptional(),
} satisfies Record<keyof Diagnostic, z.ZodType>);

const keptPiece = z.strictObject({
  v: z.literal(1),
  kind: z.literal('piece'),
  at: instant,
  key: z.string(),
  name: z.string(),
  page: z.string(),
  piece: z.unknown() as z.ZodType<Json>,
} satisfies Record<keyof StoredPiece, z.ZodType>);

/** A plan as its file holds it. */
export const planShape = z
  .strictObject({
    version: z.literal(2),
    createdAt: instant,
    expiresAt: instant,
    config: z.string(),
    ledger: z.string(),
    paused: z.boolean(),
    actions: z.array(action),
    diagnostics: z.array(diagnostic),
    pieces: z.record(z.string(), z.array(keptPiece)).exactOptional(),
  } satisfies Record<keyof Plan, z.ZodType>)
  .refine(
    ({ createdAt, expiresAt }) =>
      Date.parse(expiresAt) - Date.parse(createdAt) <= planLifetime * 24 * 60 * 60 * 1000,
    { path: ['expiresAt'], error: `is later than ${planLifetime} days after the plan was made` },
  )
  .superRefine(({ actions }, context) => {
    const seen = new Set<string>();
    for (const [index, one] of actions.entries()) {
      const key = stateKey(copyOf(one));
      if (seen.has(key)) {
        context.addIssue({
          code: 'custom',
          path: ['actions', index],
          message: 'is a second one for the same copy',
        });
      }
      seen.add(key);
    }
  });
