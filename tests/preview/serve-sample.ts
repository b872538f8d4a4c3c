import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { findApp } from '../../src/preview/app-files.ts';
import type { Overview, PostView, ServerEvent } from '../../src/preview/define.ts';
import { makeView, sampleOverview, sampleRemote } from './sample-data.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: http: https:; " +
  "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** The page around the app, as strict as the one that is served. */
function writePage(from: Overview['from']): string {
  return (
    `<!doctype html><html lang="en" data-from="${from}"><head><meta charset="utf-8">` +
    `<meta http-equiv="content-security-policy" content="${policy}">` +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Preview</title><link rel="icon" href="data:,">' +
    '<link rel="stylesheet" href="app.css"><script defer src="app.js"></script></head><body><div id="app"></div></body></html>'
  );
}

/** A server of the page with data that a test changes. */
export interface SampleServer {
  readonly origin: string;
  overview: Overview;
  readonly views: Map<string, PostView>;
  /** The addresses of data that were asked for, in order. */
  readonly asked: string[];
  /** What was posted. */
  readonly recorded: unknown[];
  tell(event: ServerEvent): void;
  close(): Promise<void>;
}

/** Serves the page with the sample data on loopback. */
export async function serveSample(): Promise<SampleServer> {
  const listeners = new Set<ServerResponse>();
  const views = new Map(sampleOverview.posts.map((line) => [line.id, makeView(line)]));
  const app = findApp();
  const findData = (path: string, at: string | null): unknown => {
    if (path === '/data/remote.json') return sampleRemote;
    if (path === '/data/overview.json')
      return { ...sample.overview, ...(at === null ? {} : { at, local: at.slice(0, 16) }) };
    return views.get(/^\/data\/posts\/(.+)\.json$/.exec(path)?.[1] ?? '');
  };
  const takeRecord = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    sample.recorded.push(JSON.parse(await text(request)));
    response.writeHead(200).end(JSON.stringify({ isRecorded: true, message: 'Recorded.' }));
  };
  const server = createServer((request, response) => {
    const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(writePage('server'));
      return;
    }
    const file = app.read(pathname.slice(1));
    if (file !== undefined) {
      response.writeHead(200, { 'content-type': file.type }).end(file.bytes);
      return;
    }
    if (pathname === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      listeners.add(response);
      request.once('close', () => listeners.delete(response));
      return;
    }
    if (pathname === '/record' && request.method === 'POST') {
      void takeRecord(request, response);
      return;
    }
    sample.asked.push(`${pathname}${search}`);
    const data = findData(pathname, searchParams.get('at'));
    response
      .writeHead(data === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(data));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const sample: SampleServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    overview: sampleOverview,
    views,
    asked: [],
    recorded: [],
    tell: (event) => listeners.forEach((response) => response.write(`data: ${JSON.stringify(event)}\n\n`)),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
  return sample;
}
