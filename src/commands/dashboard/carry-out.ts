import { z } from 'zod';
import { BroadsideError, tellError } from '../../base/errors.ts';
import type { Shell } from '../../base/shell.ts';
import { isSameMark, type Mark } from '../../report/dashboard/marks.ts';
import { listEveryOffer } from '../../report/dashboard/render.ts';
import type { Answer, DashboardView } from '../../report/dashboard/view.ts';
import { runPublish } from '../publish/publish.ts';
import { runResolve } from '../resolve.ts';
import { runRetract } from '../retract.ts';

/** How long a target may have one box wait, in seconds. */
const maxWait = 120;

/**
 * Does what boxes ask for, one after the other. A box counts only if it is still offered for the very line of the plan that it was
 * shown for. If two boxes of one copy are checked, neither counts. A fault with one box stops no other.
 */
export async function carryOut(
  { asked, checked }: { readonly asked: readonly Mark[]; readonly checked: readonly Mark[] },
  look: () => Promise<DashboardView>,
  config: string,
  shell: Shell,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const mark of asked) {
    const isOnly = checked.every(
      (other) => isSameMark(other, mark) || other.target !== mark.target || other.post !== mark.post,
    );
    if (!isOnly) {
      answers.push({ mark, isDone: false, said: 'More than one box of this copy was ticked. Tick one.' });
    } else if (!listEveryOffer(await look()).some((offer) => isSameMark(offer, mark))) {
      const said = 'The copy is no longer as it was when the box was shown. See how it stands now.';
      answers.push({ mark, isDone: false, said });
    } else {
      answers.push(await carryOutOne(mark, config, shell));
    }
  }
  return answers;
}

async function carryOutOne(mark: Mark, config: string, shell: Shell): Promise<Answer> {
  let [printed, reported] = ['', ''];
  const own: Shell = {
    ...shell,
    format: 'json',
    color: false,
    interactive: false,
    print: (text) => void (printed += text),
    report: (text) => {
      reported += text;
      shell.report(text);
    },
  };
  try {
    const code = await run(mark, config, own);
    const told = readTold(printed);
    const isDone = code === 0 && (told.outcomes?.every(({ result }) => result === 'done') ?? true);
    const sent = told.outcomes?.length !== 0;
    const said = told.outcomes?.flatMap(({ url, message, remedy }) => [url, message, remedy]) ?? [told.url];
    const words = said.filter((text) => text !== undefined && text !== '').join(' ');
    return { mark, isDone: isDone && sent, said: sent ? words : lastLine(reported) };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    shell.report(`${tellError(error)}\n`);
    return { mark, isDone: false, said: tellError(error) };
  }
}

/** What the commands tell as JSON, as far as it is told here. */
const toldShape = z.object({
  outcomes: z
    .array(
      z.object({
        result: z.string(),
        url: z.string().optional(),
        message: z.string().optional(),
        remedy: z.string().optional(),
      }),
    )
    .optional(),
  url: z.string().optional(),
});

function readTold(text: string): z.infer<typeof toldShape> {
  try {
    return toldShape.parse(JSON.parse(text));
  } catch {
    return { url: lastLine(text) };
  }
}

function run({ ask, target, post }: Mark, config: string, shell: Shell): Promise<number> {
  const publish = (take?: 'source' | 'remote'): Promise<number> =>
    runPublish({ config, posts: [post], target, take, refresh: false, again: false, maxWait }, shell);
  const resolve = (notPosted: boolean): Promise<number> =>
    runResolve({ config, post, target, notPosted, posted: !notPosted, anyway: false }, shell);
  switch (ask) {
    case 'publish':
      return publish();
    case 'take-source':
      return publish('source');
    case 'take-remote':
      return publish('remote');
    case 'retract':
      return runRetract({ config, post, target, maxWait }, shell);
    case 'posted':
      return resolve(false);
    case 'not-posted':
      return resolve(true);
    default:
      return ask satisfies never;
  }
}

/** The last line of a run that has sent nothing. */
function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
