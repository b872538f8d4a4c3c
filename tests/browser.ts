import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where Debian and Ubuntu put Chromium and Chrome. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine, if it has one. */
export const browserPath = places.find((path) => existsSync(path));

/** Whether a machine without a browser fails the tests that need one: continuous integration does. */
export const isBrowserRequired =
  process.env['CI'] !== undefined || process.env['BROADSIDE_BROWSER'] === 'required';

/** How a page is looked at. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
}

/** One page of a browser, driven over the DevTools protocol. */
interface Page {
  show(url: string, view: View): Promise<void>;
  /** The value of an expression in the page. */
  read(expression: string): Promise<unknown>;
  /** Clicks, as a mouse does, in the middle of what an expression finds, and waits for the page that follows. */
  click(element: string): Promise<void>;
  /** The page as a picture: PNG. */
  picture(): Promise<Buffer>;
}

export interface Browser {
  readonly page: Page;
  close(): Promise<void>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Starts a browser that knows no XSLT, as all will, with a profile in a folder of its own. */
export async function startBrowser(path: string, folder: string): Promise<Browser> {
  const words = [
    '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking',
    '--disable-component-update --disable-sync --disable-features=XSLT --hide-scrollbars --remote-debugging-port=0',
  ];
  const child = spawn(path, [...words.join(' ').split(' '), `--user-data-dir=${folder}`, 'about:blank'], {
    stdio: 'ignore',
    detached: true,
  });
  const port = await readPort(folder, child);
  const list = await fetch(`http://127.0.0.1:${port}/json/list`);
  const pages = (await list.json()) as readonly {
    readonly type: string;
    readonly webSocketDebuggerUrl: string;
  }[];
  const { send, waitFor, close } = await connect(
    pages.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? '',
  );
  await send('Page.enable');
  const loaded = async (work: () => Promise<unknown>): Promise<void> => {
    const event = waitFor('Page.loadEventFired');
    await work();
    await event;
  };
  const read = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as Fields)['value'];
  };
  const page: Page = {
    read,
    show: async (url, { width, height, scheme }) => {
      const metrics = {
        width,
        height,
        screenWidth: width,
        screenHeight: height,
        deviceScaleFactor: 1,
        mobile: width < 600,
      };
      await send('Emulation.setDeviceMetricsOverride', metrics);
      const features = [{ name: 'prefers-color-scheme', value: scheme }];
      await send('Emulation.setEmulatedMedia', { features });
      await loaded(() => send('Page.navigate', { url }));
    },
    click: async (element) => {
      const place = await read(
        `(() => { const found = ${element}; found.scrollIntoView({ block: 'center' }); const box = found.getBoundingClientRect(); return { x: box.x + box.width / 2, y: box.y + box.height / 2 }; })()`,
      );
      const mouse = { ...(place as object), button: 'left', clickCount: 1 };
      await loaded(async () => {
        await send('Input.dispatchMouseEvent', { type: 'mousePressed', ...mouse });
        await send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...mouse });
      });
    },
    picture: async () => {
      const { data } = await send('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(String(data), 'base64');
    },
  };
  return {
    page,
    close: async () => {
      close();
      await end(child);
    },
  };
}

/** The port that the browser chose; it writes it down once it listens. */
async function readPort(folder: string, child: ChildProcess): Promise<string> {
  const file = join(folder, 'DevToolsActivePort');
  for (let tries = 0; tries < 1200 && child.exitCode === null; tries += 1) {
    const [port = ''] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (/^\d+$/.test(port)) return port;
    await sleep(100);
  }
  await end(child);
  throw new Error('the browser did not start');
}

async function connect(address: string) {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('the browser does not answer')), { once: true });
  });
  let last = 0;
  const waiting = new Map<number, (result: Fields) => void>();
  const events = new Map<string, () => void>();
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as {
      readonly id?: number;
      readonly method?: string;
      readonly result?: Fields;
    };
    if (message.id !== undefined) waiting.get(message.id)?.(message.result ?? {});
    else events.get(message.method ?? '')?.();
  });
  const send = (method: string, params: object = {}): Promise<Fields> =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  const waitFor = (method: string): Promise<void> =>
    new Promise((resolve) => {
      events.set(method, resolve);
    });
  return { send, waitFor, close: () => socket.close() };
}

/** Ends the browser with all processes that it started. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}
