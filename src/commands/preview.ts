import { resolve } from 'node:path';
import { platform } from 'node:process';
import { countOf } from '../base/count-of.ts';
import { withholdSecrets } from '../base/child-environment.ts';
import type { Shell } from '../base/shell.ts';
import { nameWritings } from '../blog/name-posts.ts';
import { findApp } from '../preview/app-files.ts';
import { followChanges } from '../preview/follow-changes.ts';
import { openPreview, type Preview } from '../preview/open-preview.ts';
import { openRecorder } from '../preview/record-copy.ts';
import { servePreview } from '../preview/serve.ts';
import { nameData } from '../preview/show-overview.ts';
import { writePreview } from '../preview/write-files.ts';
import { findChange } from './check/changed-files.ts';
import { openBrowser } from './open-browser.ts';
import { openWorkbench } from '../workbench/open.ts';

export interface PreviewArguments {
  readonly config: string;
  readonly at?: string | undefined;
  /** The post to begin with. */
  readonly post: string | undefined;
  /** The folder that the preview is written to as files, instead of being served. */
  readonly out: string | undefined;
  readonly all: boolean;
  /** 0 for a free one. */
  readonly port: number;
  /** Whether the browser is opened. */
  readonly open: boolean;
}

/** Runs `broadside preview`: shows every copy in the browser until it is interrupted. Sends nothing. Returns the exit code. */
export async function runPreview(args: PreviewArguments, shell: Shell): Promise<number> {
  if (args.out !== undefined) return writeFiles(args, args.out, shell);
  const preview = await openPreview(args, shell);
  const [post] = args.post === undefined ? [] : nameWritings([args.post], preview.snapshot().bench.blog);
  const place = post === undefined ? '' : `#/${nameData(post.id)}`;
  return serve(preview, place, args, shell);
}

async function writeFiles(args: PreviewArguments, out: string, shell: Shell): Promise<number> {
  const preview = await openPreview(args, shell, 'files');
  const { bench } = preview.snapshot();
  const change = await findChange(bench.config, shell);
  await preview.audit(() => undefined);
  const { posts, leftOut } = await writePreview(preview, findApp(), {
    folder: resolve(shell.cwd, out),
    posts: args.post === undefined ? [] : nameWritings([args.post], bench.blog),
    all: args.all,
    changed: change?.files,
  });
  const rest =
    leftOut === 0 || args.post !== undefined
      ? ''
      : ` ${leftOut} more are listed without their copies; --all writes them too.`;
  shell.report(`Written to ${out}: ${countOf(posts, 'post')}.${rest} Nothing has been sent.\n`);
  return 0;
}

async function serve(
  preview: Preview,
  place: string,
  { config, open, port }: PreviewArguments,
  shell: Shell,
): Promise<number> {
  const { environment, report, signal } = shell;
  const record = openRecorder(() => openWorkbench({ config }, shell), preview.findShown);
  const server = await servePreview(preview, findApp(), port, async (made) => {
    const message = await record(made);
    await preview.refresh();
    server.tell({ overview: true, changed: [made.post] });
    return message;
  });
  const { promise, reject } = Promise.withResolvers<void>();
  const stop = followChanges(preview, server.tell, reject);
  try {
    const address = `${server.url}${place}`;
    shell.print(`${address}\n`);
    report('Only this machine can reach this page, and nothing is sent from it. Press Ctrl-C to stop.\n');
    if (open) {
      const child = withholdSecrets(environment, preview.snapshot().bench.config);
      const fail = (): void => report('The browser could not be opened: open the address by hand.\n');
      openBrowser(address, { platform, environment: child.environment, fail });
    }
    await Promise.race([promise, untilAborted(signal)]);
    return 0;
  } finally {
    stop();
    await server.close();
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
