import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import type { Shell } from '../../src/base/shell.ts';
import type { AppFiles } from '../../src/preview/app-files.ts';
import type { Overview, PostView, ServerEvent } from '../../src/preview/define.ts';
import { followChanges } from '../../src/preview/follow-changes.ts';
import { openWorkbench } from '../../src/workbench/open.ts';
import { openPreview, type Preview } from '../../src/preview/open-preview.ts';
import { openRecorder } from '../../src/preview/record-copy.ts';
import { servePreview } from '../../src/preview/serve.ts';

/** What a server answered. */
interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A preview that is served and follows its files until the test ends. */
export interface Previewed {
  readonly preview: Preview;
  readonly url: string;
  /** Asks for a path as it is given, by any method and with any headers. */
  readonly ask: (
    path: string,
    given?: { method?: string; headers?: Record<string, string>; body?: string },
  ) => Promise<Answered>;
  readonly overview: (query?: string) => Promise<Overview>;
  readonly post: (id: string, query?: string) => Promise<PostView>;
  /** Listens as a page does; gives each event once, the oldest first. */
  readonly listen: () => Promise<{ readonly next: () => Promise<ServerEvent>; readonly close: () => void }>;
}

/** An app of which only the data is looked at. */
export const noApp: AppFiles = { names: [], read: () => undefined };

/** A shell in a folder, for what has no command line. */
export function openShell(folder: string, environment: Readonly<Record<string, string>> = {}): Shell {
  return {
    cwd: folder,
    environment: { PATH: process.env['PATH'], HOME: folder, ...environment },
    signal: new AbortController().signal,
    now: () => new Date().toISOString(),
    format: 'human',
    print: () => undefined,
    report: () => undefined,
    interactive: false,
    color: false,
  };
}

/** Serves the preview of a blog's folder. */
export async function startPreview(
  folder: string,
  {
    app = noApp,
    at,
    environment,
  }: { readonly app?: AppFiles; readonly at?: string; readonly environment?: Record<string, string> } = {},
): Promise<Previewed> {
  const preview = await openPreview({ config: 'config/broadside.yaml', at }, openShell(folder, environment));
  const shell = openShell(folder, environment);
  const record = openRecorder(
    () => openWorkbench({ config: 'config/broadside.yaml' }, shell),
    preview.findShown,
  );
  const server = await servePreview(preview, app, 0, record);
  const stop = followChanges(preview, server.tell, (error) => {
    throw error;
  });
  onTestFinished(async () => {
    stop();
    await server.close();
  });
  const ask: Previewed['ask'] = (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const { port, hostname } = new URL(server.url);
      const outgoing = request({ host: hostname, port, path, method, headers }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  const readJson = async (path: string): Promise<unknown> => JSON.parse((await ask(path)).text);
  return {
    preview,
    url: server.url,
    ask,
    overview: async (query = '') => (await readJson(`/data/overview.json${query}`)) as Overview,
    post: async (id, query = '') => (await readJson(`/data/posts/${id}.json${query}`)) as PostView,
    listen: () => listenTo(`${server.url}events`),
  };
}

async function listenTo(address: string): Promise<Awaited<ReturnType<Previewed['listen']>>> {
  const stop = new AbortController();
  const answer = await fetch(address, { signal: stop.signal });
  if (answer.body === null) throw new Error('the server tells nothing');
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<ServerEvent> => {
    for (;;) {
      const found = /^data: (.*)\n\n/m.exec(text);
      if (found !== null) {
        text = text.slice(found.index + found[0].length);
        return JSON.parse(found[1] ?? '') as ServerEvent;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error('the server has gone');
      text += value;
    }
  };
  onTestFinished(() => stop.abort());
  return { next, close: () => stop.abort() };
}
