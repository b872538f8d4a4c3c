import { BroadsideError, tellError } from '../../base/errors.ts';
import type { Shell } from '../../base/shell.ts';
import { resolveCopy } from '../../plan/resolve-copy.ts';
import { retractCopy } from '../../plan/retract-copy.ts';
import { isSameMark, type Mark } from '../../report/dashboard/marks.ts';
import { listEveryOffer } from '../../report/dashboard/render.ts';
import type { Answer, DashboardView } from '../../report/dashboard/view.ts';
import { describeRetracted } from '../../report/describe-retracted.ts';
import { openWorkbench } from '../../workbench/open.ts';
import { publishByWords } from '../publish-aloud.ts';

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
  try {
    return { mark, ...(await answer(mark, config, shell)) };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    shell.report(`${tellError(error)}\n`);
    return { mark, isDone: false, said: tellError(error) };
  }
}

type Said = Omit<Answer, 'mark'>;

function answer(mark: Mark, config: string, shell: Shell): Promise<Said> {
  const { ask } = mark;
  switch (ask) {
    case 'publish':
      return publish(mark, undefined, config, shell);
    case 'take-source':
      return publish(mark, 'source', config, shell);
    case 'take-remote':
      return publish(mark, 'remote', config, shell);
    case 'retract':
      return retract(mark, config, shell);
    case 'posted':
    case 'not-posted':
      return settle(mark, ask, config, shell);
    default:
      return ask satisfies never;
  }
}

/** Publishes one copy; where nothing was sent, the last that was reported says why. */
async function publish(
  { post, target }: Mark,
  take: 'source' | 'remote' | undefined,
  config: string,
  shell: Shell,
): Promise<Said> {
  let reported = '';
  const own: Shell = {
    ...shell,
    format: 'json',
    color: false,
    interactive: false,
    print: () => undefined,
    report: (text) => {
      reported += text;
      shell.report(text);
    },
  };
  const words = { config, posts: [post], target, take, refresh: false, again: false, maxWait };
  const { outcomes, code } = await publishByWords(words, own);
  if (outcomes.length === 0) return { isDone: false, said: reported.trim().split('\n').at(-1) ?? '' };
  const said = outcomes.flatMap(({ url, message, remedy }) => [url, message, remedy]);
  return {
    isDone: code === 0 && outcomes.every(({ result }) => result === 'done'),
    said: said.filter((text) => text !== undefined && text !== '').join(' '),
  };
}

async function retract({ post, target }: Mark, config: string, shell: Shell): Promise<Said> {
  const retracted = await retractCopy(await openWorkbench({ config }, shell), { post, target, maxWait });
  if (retracted.wayBack !== undefined) shell.report(`To undo it: ${retracted.wayBack}.\n`);
  const said = retracted.done === 'before' ? describeRetracted(retracted) : retracted.url;
  return { isDone: true, said: said.trim() };
}

async function settle(
  { post, target }: Mark,
  fate: 'posted' | 'not-posted',
  config: string,
  shell: Shell,
): Promise<Said> {
  const { url = '' } = await resolveCopy(await openWorkbench({ config }, shell), { post, target, fate });
  return { isDone: true, said: url };
}
