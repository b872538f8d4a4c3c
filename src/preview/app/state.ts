import { computed, signal } from '@preact/signals';
import type { LetterLine, Overview, PostLine, PostView, ServerEvent, TargetLine } from '../define.ts';
import type { Route } from './route.ts';
import { followChanges, isFromFiles, loadOverview, loadPost } from './data.ts';

export const overview = signal<Overview | undefined>(undefined);

/** The views of posts that were looked at. */
export const views = signal<ReadonlyMap<string, PostView>>(new Map());

/** What could not be loaded, for people. */
export const failure = signal<string | undefined>(undefined);

/** Whether the server is there; files always are. */
export const isConnected = signal(true);

/** The instant that the clock was moved to, ISO 8601 in UTC. */
const movedTo = signal<string | undefined>(undefined);

export const targets = computed<ReadonlyMap<string, TargetLine>>(
  () =>
    new Map(
      [...(overview.value?.targets ?? []), ...(overview.value?.mailing ?? [])].map((target) => [
        target.name,
        target,
      ]),
    ),
);

const lines = computed<ReadonlyMap<string, PostLine>>(
  () => new Map(allLines().map((line) => [line.id, line])),
);

function allLines(): readonly PostLine[] {
  const { posts, letters } = overview.value ?? { posts: [], letters: [] };
  return [...posts, ...letters];
}

/** Whether a line is that of a letter. */
export function isLetter(line: PostLine): line is LetterLine {
  return 'subject' in line;
}

/** The post or letter whose data has a name. */
export function findLine(name: string): PostLine | undefined {
  return allLines().find(({ id, data }) => data === `posts/${name}` || id === name);
}

/** The place of a post, with one of its copies where there is room for one alone. */
export function placeOf(id: string, tab = ''): Route {
  const data = lines.value.get(id)?.data;
  return { page: 'post', name: data?.replace(/^posts\//, '') ?? id, tab };
}

let asked = 0;

/** Reads the overview; only the answer to the last question counts. */
export async function readOverview(): Promise<void> {
  asked += 1;
  const own = asked;
  try {
    const read = await loadOverview(movedTo.value);
    if (own !== asked) return;
    overview.value = read;
    failure.value = undefined;
  } catch (error) {
    if (own === asked) failure.value = describe(error);
  }
}

/** Reads the view of a post, again where it was read before: what was shown stays until the new one is there. */
export async function readPost(id: string): Promise<void> {
  const data = lines.value.get(id)?.data;
  if (data === undefined) return;
  const at = movedTo.value;
  try {
    const view = await loadPost(data, at);
    if (at === movedTo.value) views.value = new Map([...views.value, [id, view]]);
  } catch (error) {
    failure.value = describe(error);
  }
}

/** Acts as if it were another time; undefined is now. */
export async function moveClock(at: string | undefined): Promise<void> {
  movedTo.value = at;
  await readOverview();
  await Promise.all([...views.value.keys()].map(readPost));
}

/** Shows what the server changes, and only reads again what is shown. */
export function keepCurrent(listShown: () => readonly string[]): void {
  if (isFromFiles) return;
  followChanges({
    connect: (isOpen) => {
      isConnected.value = isOpen;
    },
    change: ({ changed }: ServerEvent) => {
      const shown = listShown();
      const stale = [...views.value.keys()].filter((id) => changed?.includes(id) ?? true);
      const left = new Set(stale.filter((id) => !shown.includes(id)));
      if (left.size > 0) views.value = new Map([...views.value].filter(([id]) => !left.has(id)));
      void Promise.all([readOverview(), ...stale.filter((id) => shown.includes(id)).map(readPost)]);
    },
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
