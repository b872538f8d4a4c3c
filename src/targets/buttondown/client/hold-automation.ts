import { SendError } from '../../../base/errors.ts';
import type { HttpCall } from '../../../base/http/client.ts';
import type { Rendition } from '../../../model/rendition.ts';
import type { Connection, CopySought, Observation, Taken } from '../../../model/target.ts';
import { actionLimit } from '../limits.ts';
import type { Newsletter } from './open-newsletter.ts';
import {
  automationShape,
  describeTaken,
  findAction,
  findAutomation,
  isSameTime,
  locateAutomation,
  passOn,
  placeAction,
  readBody,
  trigger,
  writeAction,
  type AutomationAction,
  type Automation,
  type Sequence,
} from './read-automation.ts';

const path = '/v1/automations';

/**
 * Holds the letters of a sequence as the actions of one automation, which they share. Each change of a letter is one change of the
 * automation, made from what it held just before, so a letter is taken whole or not at all. There are never two automations:
 * Broadside looks for one before it makes it. It is made inactive, and a person activates it.
 */
export function holdAutomation(newsletter: Newsletter, sequence: Sequence, url: string): Connection {
  const list = (signal: AbortSignal): Promise<readonly Automation[]> =>
    newsletter.list(path, automationShape, 'a list of automations', signal);

  async function send(call: HttpCall, signal: AbortSignal): Promise<Automation> {
    const answer = await newsletter.ask(call, signal);
    return newsletter.read(answer, call, automationShape, 'an automation');
  }

  const change = (
    { id }: Automation,
    actions: readonly AutomationAction[],
    signal: AbortSignal,
  ): Promise<Automation> => {
    const json = { actions: actions.map(passOn) };
    return send({ method: 'PATCH', path: `${path}/${encodeURIComponent(id)}`, json }, signal);
  };

  /** Has the automation mail a letter, whether it did before or not. */
  async function put(
    rendition: Rendition,
    remoteId: string | undefined,
    signal: AbortSignal,
  ): Promise<Taken> {
    const action = writeAction(rendition, sequence);
    const automation = findAutomation(await list(signal), sequence, remoteId);
    const sought = { postId: rendition.postId, subject: rendition.fields['subject'] };
    const before = automation && findAction(automation, sought, sequence);
    if (automation !== undefined && before === undefined && automation.actions.length >= actionLimit)
      throw refuseMore(automation);
    const after =
      automation === undefined
        ? await send(
            {
              method: 'POST',
              path,
              json: { name: sequence.automation, trigger, actions: [passOn(action)] },
            },
            signal,
          )
        : await change(automation, placeAction(automation.actions, before, action), signal);
    const taken = findAction(after, sought, sequence);
    if (taken !== undefined) return describeTaken(after, taken, rendition.postId, url);
    throw new SendError('RESPONSE_UNUSABLE', `${newsletter.host} answered without the letter it was sent`, {
      remedy: 'Run the command again: it looks for the letter before it sends anything.',
      sent: 'unknown',
    });
  }

  return {
    async observe(copies, signal) {
      if (copies.length === 0) return [];
      const automations = await list(signal);
      return copies.map((sought) => seeLetter(sought, automations, sequence, url));
    },

    tellTime: () => newsletter.tellTime(),

    create: (rendition, signal) => put(rendition, undefined, signal),

    update: (remoteId, rendition, signal) => put(rendition, remoteId, signal),

    restore: (remoteId, rendition, signal) => put(rendition, remoteId, signal),

    async retract(remoteId, signal) {
      const [id = '', ...rest] = remoteId.split('/');
      const automation = findAutomation(await list(signal), sequence, remoteId);
      const action = automation && findAction(automation, { postId: rest.join('/') }, sequence);
      if (automation !== undefined && action !== undefined) {
        const others = automation.actions.filter((one) => one !== action);
        await change(automation, others, signal);
      }
      return { remoteId, url: locateAutomation(id, url), state: 'gone', echo: '' };
    },
  };
}

/** What the automation of a sequence holds of one letter, and what readers could be mailed at once if it were sent. */
function seeLetter(
  { postId, remoteId, canonicalUrl, rendition }: CopySought,
  automations: readonly Automation[],
  sequence: Sequence,
  url: string,
): Observation {
  const automation = findAutomation(automations, sequence, remoteId);
  const letter = { postId, subject: rendition?.fields['subject'] };
  const action = automation && findAction(automation, letter, sequence);
  if (automation === undefined) return { seen: 'absent' };
  const risk = rendition && tellRisk(automation, action, writeAction(rendition, sequence));
  if (action === undefined) return { seen: 'absent', ...(risk !== undefined && { risk }) };
  return {
    seen: 'present',
    ...(risk !== undefined && { risk }),
    ...describeTaken(automation, action, postId, url),
    canonicalUrl,
    body: readBody(action),
  };
}

/** What a letter could do to readers who are in an automation, if its action is new or has another time. */
function tellRisk(
  { name, status }: Automation,
  before: AutomationAction | undefined,
  action: AutomationAction,
): string | undefined {
  if (status !== 'active') return undefined;
  const isActive = `the automation “${name}” is active`;
  if (before === undefined)
    return `${isActive}, and Buttondown may mail a new letter at once to readers who are past its day`;
  return isSameTime(before, action)
    ? undefined
    : `${isActive}, and Buttondown may mail a letter at once to readers who are past its new day`;
}

function refuseMore({ name }: Automation): SendError {
  return new SendError('REQUEST_REFUSED', `the automation “${name}” has as many letters as it may`, {
    remedy: `Make two sequences of it: Buttondown takes ${actionLimit} letters in one.`,
    sent: 'refused',
  });
}
