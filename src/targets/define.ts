import type { z } from 'zod';
import { digestJson, fingerprintRendition, digestList } from '../base/digest.ts';
import { isLoopback } from '../base/http/loopback.ts';
import type { Rules } from '../model/diagnostic.ts';
import type { Letter } from '../model/letter.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Asset, Inputs, Json, Rendition } from '../model/rendition.ts';
import type { Series, SeriesPart, Site } from '../model/site.ts';
import type { ChosenDigests, Content } from '../model/source.ts';
import type { LetterStarter, Starter } from '../model/starter.ts';
import type {
  LetterTarget,
  Made,
  Policy,
  PostTarget,
  SecretName,
  TakenIds,
  Target,
} from '../model/target.ts';
import { chooseAddress, chooseSite } from '../transform/choose-address.ts';
import { chooseSeries, isHub } from '../transform/choose-series.ts';
import { describePart } from '../transform/list-series-map.ts';
import type { scheduleOption } from './options.ts';

/** A secret that targets of a kind read: its role there, and the variable that it comes from where config names none. */
export interface SecretRole {
  readonly role: string;
  readonly variable: string;
  /** Publishing cannot work without it. */
  readonly required: boolean;
}

/** The environment variables that secrets come from; defaults count only for the default host and loopback. */
export function nameSecrets(
  url: string,
  defaultUrl: string,
  roles: readonly SecretRole[],
  given: Readonly<Record<string, string | undefined>>,
): readonly SecretName[] {
  const { host, hostname } = new URL(url);
  const defaultsCount = host === new URL(defaultUrl).host || isLoopback(hostname);
  return roles.map(({ role, variable, required }) => ({
    role,
    variable: given[role] ?? (defaultsCount ? variable : ''),
    usual: variable,
    counts: defaultsCount,
    required,
  }));
}

/** The policy in a target's parsed options. */
export function readPolicy(options: {
  readonly schedule: z.output<typeof scheduleOption>;
  readonly since?: string | undefined;
  readonly opt_in?: boolean;
}): Policy {
  const { after, slots, catch_up, per_day, per_run, quiet } = options.schedule;
  return {
    optIn: options.opt_in ?? false,
    schedule: {
      slots,
      catchUp: catch_up,
      quiet,
      ...(after !== undefined && { after }),
      ...(per_day !== undefined && { perDay: per_day }),
      ...(per_run !== undefined && { perRun: per_run }),
    },
    ...(options.since !== undefined && { since: `${options.since}T00:00:00Z` }),
  };
}

/** What a target may know beside its own options. */
interface Surroundings<Options> {
  /** The options of every target of the same kind, its own among them, by name in the order of the config. */
  readonly siblings: Readonly<Record<string, Options>>;
  /** Ids that feeds keep from before. */
  readonly ids: TakenIds;
  /** The blog's folder, absolute, for a target that writes files. */
  readonly root?: string;
}

/** A kind of target: its options, and how a target is made of them. */
export interface TargetKind<Options extends z.ZodObject = z.ZodObject, Kind extends Target = Target> {
  readonly kind: string;
  /** One sentence for the docs and `--help`. */
  readonly summary: string;
  /** What the config may say of such a target; loaded only where that is looked at. */
  readonly options: () => Promise<Options>;
  /** What its audits look for in a post. */
  readonly rules: Rules;
  /** Every secret that its targets may read; a workflow hands them over. */
  readonly secrets: readonly SecretRole[];
  /** What it offers to a new blog; absent where `init` begins no target of the kind. */
  readonly starter?: () => Promise<Starter>;
  /** What it offers to new letters; the first kind that does takes them. */
  readonly letterStarter?: () => Promise<LetterStarter>;
  create(name: string, options: z.output<Options>, around?: Surroundings<z.output<Options>>): Kind;
}

/** Checks a kind's shape where it is written, and gives its targets links in the form that they want. */
export function defineTarget<Options extends z.ZodObject>(
  kind: TargetKind<Options, PostTarget>,
): TargetKind<Options, PostTarget> {
  return {
    ...kind,
    create(name, options, around) {
      const target = kind.create(name, options, around);
      const { preview } = target;
      const digests = new WeakMap<Site, string>();
      const digestOptions = (site: Site): string => {
        const digest = digests.get(site) ?? target.digestOptions(site);
        digests.set(site, digest);
        return digest;
      };
      return {
        ...target,
        render: (post, content, site) => target.render(post, content, chooseSite(site, post, target.name)),
        ...(preview && {
          preview: (made: Made, post: Post, site: Site) =>
            preview(made, post, chooseSite(site, post, target.name)),
        }),
        foresee: (post, digests, references, site) => {
          const shown = chooseSite(site, post, target.name);
          const series = target.showsBody ? chooseSeries(post, shown) : undefined;
          const options = digestOptions(site);
          return nameInputs({ post, digests, options, series, references, site: shown, target: target.name });
        },
      };
    },
  };
}

/** Checks the shape of a kind that mails letters. Of the posts there are, its targets take only those that ask for it. */
export function defineLetterTarget<Options extends z.ZodObject>(
  kind: TargetKind<Options, LetterTarget>,
): TargetKind<Options, LetterTarget> {
  return {
    ...kind,
    create(name, options, around) {
      const target = kind.create(name, options, around);
      return {
        ...target,
        policy: { ...target.policy, optIn: true },
        foresee: (letter, digests, site) => nameLetterInputs(letter, digests, target.digestOptions(site)),
      };
    },
  };
}

/** Completes the rendition of a letter with its inputs and its fingerprint. */
export function sealLetter(made: {
  readonly target: string;
  readonly letter: Letter;
  readonly content: ChosenDigests;
  /** Digest of the options and of what of the site they bring in, as the target's `digestOptions` gives it. */
  readonly options: string;
  readonly body: string;
  readonly fields: Rendition['fields'];
}): Rendition {
  const { target, letter, content, options, body, fields } = made;
  const assets: readonly Asset[] = [];
  return {
    postId: letter.id,
    target,
    canonicalUrl: letter.canonicalUrl ?? '',
    body,
    fields,
    assets,
    references: [],
    inputs: nameLetterInputs(letter, content, options),
    fingerprint: fingerprintRendition({ body, fields, assets }),
  };
}

/** What the rendition of a letter is made of, by name; its place is what the letters before it say of it. By place and subject it is known again. */
function nameLetterInputs(
  { subject, sequence, delay, hours }: Letter,
  { digest, page }: ChosenDigests,
  options: string,
): Inputs {
  const place = sequence && {
    position: sequence.position,
    delay: delay === undefined ? null : [delay.value, delay.unit],
    hours: hours ?? null,
  };
  return {
    source: digest,
    ...(page !== undefined && { page }),
    options,
    ...(place && { place: digestJson(place), subject: digestJson(subject) }),
  };
}

/** Completes a rendition with its inputs and its fingerprint. */
export function sealRendition(made: {
  readonly target: string;
  readonly post: Post;
  readonly content: Content;
  readonly site: Site;
  /** Digest of the options and of what of the site they bring in. */
  readonly options: string;
  readonly body: string;
  readonly fields: Rendition['fields'];
  readonly assets: readonly Asset[];
  /** The posts the body links to, each by the address first shown; the series is added here. */
  readonly links: Readonly<Record<PostId, string>>;
  /** Whether the rendition shows the whole text, and with it what is to be shown of the post's series. */
  readonly showsBody: boolean;
  /** What an update cannot change, by the name a plan gives it. */
  readonly fixed?: Readonly<Record<string, Json>>;
}): Rendition {
  const { target, post, content, site, body, fields, assets, links } = made;
  const series = made.showsBody ? chooseSeries(post, site) : undefined;
  const references = new Set([
    ...Object.keys(links),
    ...(series === undefined ? [] : listReferences(series)),
  ]);
  references.delete(post.id);
  return {
    postId: post.id,
    target,
    canonicalUrl: post.canonicalUrl,
    body,
    fields,
    assets,
    references: [...references].toSorted(),
    inputs: {
      ...nameInputs({
        post,
        digests: content,
        options: made.options,
        series,
        references: Object.keys(links),
        site,
        target,
      }),
      ...Object.fromEntries(
        Object.entries(made.fixed ?? {}).map(([part, value]) => [part, digestJson(value)]),
      ),
    },
    fingerprint: fingerprintRendition({ body, fields, assets }),
  };
}

/**
 * The inputs of a rendition, by name. Posts that the series links to count as navigation. Other posts that the rendition refers to
 * count as links, by their addresses, even if a post is gone.
 */
function nameInputs(made: {
  readonly post: Post;
  readonly digests: ChosenDigests;
  readonly options: string;
  readonly series: Series | undefined;
  readonly references: readonly PostId[];
  readonly site: Site;
  readonly target: string;
}): Inputs {
  const { post, series, site, target } = made;
  const { digest, page } = made.digests;
  const shown = new Set(series === undefined ? [] : listReferences(series));
  const linked = made.references.filter((id) => !shown.has(id) && id !== post.id).toSorted();
  const addressOf = (id: PostId): string | null => {
    const other = site.postsById.get(id);
    return other === undefined ? null : chooseAddress(other, site, target);
  };
  return {
    source: digest,
    ...(page !== undefined && { page }),
    options: made.options,
    ...(linked.length > 0 && { links: digestList(linked.map((id) => [id, addressOf(id)])) }),
    ...(series && { navigation: digestJson(describeNavigation(series, post, target, site)) }),
  };
}

/** The posts of a series that are linked to; what is only announced is no reference. */
function listReferences({ parts, hub }: Series): readonly PostId[] {
  return [...parts, ...(hub === undefined ? [] : [hub])]
    .filter(({ url }) => url !== undefined)
    .map(({ postId }) => postId);
}

/**
 * What an update of the navigation is worth: a part that is only announced waits until it is out, and where links lead to
 * copies, one whose copy is still to come waits for that.
 */
function describeNavigation(series: Series, post: Post, target: string, site: Site): Json {
  const copies = site.copies.get(target);
  const isSettled = ({ postId, url, targets }: SeriesPart): boolean =>
    url !== undefined &&
    (postId === post.id || copies === undefined || copies.has(postId) || targets?.includes(target) !== true);
  const { name } = series;
  const parts = series.parts.filter(isSettled);
  const hub = series.hub && isSettled(series.hub) ? series.hub : undefined;
  if (isHub(series, post)) {
    return {
      name,
      map: parts.map((part) => [
        part.postId,
        part.title,
        part.url ?? null,
        part.group ?? null,
        describePart(part),
      ]),
    };
  }
  const numbers = parts.map(({ part }, index) => part ?? index + 1);
  return {
    position: site.navigation,
    name,
    ...(numbers.some((number, index) => number !== index + 1) && { numbers }),
    ...(hub?.url !== undefined && { hub: hub.url }),
    parts: parts.map(({ postId, title, url }) => ({ postId, title, url: url ?? null })),
  };
}
