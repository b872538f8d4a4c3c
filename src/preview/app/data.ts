import type {
  LedgerLook,
  MadeCopy,
  Overview,
  PostView,
  Recorded,
  RemoteView,
  ServerEvent,
} from '../define.ts';

/** Whether the page was opened from files, which hand their data over by scripts, rather than from a server. */
export const isFromFiles = document.documentElement.dataset['from'] === 'files';

const waiting = new Map<string, (value: unknown) => void>();

declare global {
  interface Window {
    /** Called by each script of data. */
    takeBroadsideData?: (name: string, value: unknown) => void;
  }
}

window.takeBroadsideData = (name, value) => {
  waiting.get(name)?.(value);
  waiting.delete(name);
};

/** The overview, as it is at an instant where the clock was moved. */
export function loadOverview(at?: string): Promise<Overview> {
  return load<Overview>('overview', at === undefined ? {} : { at });
}

/** The view of a post by the path that its line gives. */
export function loadPost(path: string, at?: string): Promise<PostView> {
  return load<PostView>(path, at === undefined ? {} : { at });
}

/** What a target says of a copy, asked now. */
export function askRemote(post: string, target: string): Promise<RemoteView> {
  return load<RemoteView>('remote', { post, target });
}

/** Tells the server where a person has made a copy. */
export function recordCopy(made: MadeCopy): Promise<Recorded> {
  return postJson<Recorded>('record', made);
}

/** Has the server read the ledger where it is kept. */
export function lookAtLedger(token: string): Promise<LedgerLook> {
  return postJson<LedgerLook>('ledger', { token });
}

async function postJson<Answered>(path: string, posted: object): Promise<Answered> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(posted),
  });
  if (!response.ok) throw new Error('The server refused this. Load the page again.');
  return (await response.json()) as Answered;
}

function load<Value>(name: string, query: Readonly<Record<string, string>>): Promise<Value> {
  return isFromFiles ? (readScript(name) as Promise<Value>) : fetchJson<Value>(name, query);
}

async function fetchJson<Value>(name: string, query: Readonly<Record<string, string>>): Promise<Value> {
  const words = new URLSearchParams(query).toString();
  const response = await fetch(`data/${name}.json${words === '' ? '' : `?${words}`}`);
  if (!response.ok) throw new Error(`The preview has no ${name}: ${response.status}.`);
  return (await response.json()) as Value;
}

function readScript(name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    waiting.set(name, resolve);
    const script = document.createElement('script');
    script.src = `data/${name}.js`;
    script.addEventListener('load', () => script.remove());
    script.addEventListener('error', () => reject(new Error(`The file data/${name}.js is missing.`)));
    document.head.append(script);
  });
}

/** Follows what the server says has changed, and whether it is still there. */
export function followChanges(tell: {
  readonly change: (event: ServerEvent) => void;
  readonly connect: (isOpen: boolean) => void;
}): void {
  const events = new EventSource('events');
  let wasLost = false;
  events.addEventListener('message', ({ data }) => tell.change(JSON.parse(String(data)) as ServerEvent));
  events.addEventListener('open', () => {
    tell.connect(true);
    if (wasLost) tell.change({ overview: true });
    wasLost = false;
  });
  events.addEventListener('error', () => {
    wasLost = true;
    tell.connect(false);
  });
}
