import { SendError } from '../../../base/errors.ts';
import type { Rendition } from '../../../model/rendition.ts';
import type { Connection, Secrets, Taken } from '../../../model/target.ts';
import { demandSecret } from '../../demand-secret.ts';
import { openSequences, type EmailFields, type Sequences } from './open-sequences.ts';
import {
  describeTaken,
  observeLetter,
  readPlace,
  readPosition,
  type EmailPlace,
  type Sequence,
} from './read-email.ts';

export interface KitOptions {
  /** The API's address, such as `https://api.kit.com`. */
  readonly url: string;
  /** The name of the sequence in Kit. */
  readonly sequence: string;
  /** Whether a new letter is published, or left as a draft. */
  readonly published: boolean;
  /** The whole time one request may take, in milliseconds. */
  readonly timeoutMs?: number | undefined;
}

/** Opens a sequence of a Kit account. Throws `CREDENTIAL_MISSING` without a key; sends nothing yet. */
export async function connectKit(options: KitOptions, secrets: Secrets): Promise<Connection> {
  const { url, published } = options;
  const apiKey = demandSecret(secrets, 'apiKey', {
    what: `API key for ${new URL(url).host}`,
    remedy: 'Make a key of version 4 in Kit, under Settings, Developer, and put it into the environment.',
  });
  const sequences = openSequences(url, apiKey, options.timeoutMs);

  async function create(rendition: Rendition, signal: AbortSignal): Promise<Taken> {
    const position = readPosition(rendition);
    const sequence = await openSequence(options.sequence, sequences, signal);
    const { length } = await sequences.list(sequence.id, signal);
    const email = { ...describeEmail(rendition), position: Math.min(position, length), published };
    return describeTaken(await sequences.create(sequence.id, email, signal), position, url);
  }

  async function change(remoteId: string, more: EmailFields, signal: AbortSignal): Promise<Taken> {
    const { sequence, email, position } = findPlace(remoteId);
    return describeTaken(await sequences.change(sequence, email, more, signal), position, url);
  }

  return {
    async observe(copies, signal) {
      if (copies.length === 0) return [];
      const sequence = await sequences.find(options.sequence, signal);
      // Nobody can be in a sequence that is not there yet.
      if (sequence === undefined) return copies.map(() => ({ seen: 'absent' }));
      const emails = await sequences.list(sequence.id, signal);
      const owners = new Map(copies[0]?.owners);
      return copies.map((sought) => {
        const observation = observeLetter({ ...sought, owners }, sequence, emails, options);
        if (observation.seen === 'present') owners.set(observation.remoteId, sought.postId);
        return observation;
      });
    },

    tellTime: () => sequences.tellTime(),

    create,

    async update(remoteId, rendition, signal) {
      const place = findPlace(remoteId);
      const position = readPosition(rendition);
      const email = describeEmail(rendition);
      if (position === place.position) return change(remoteId, email, signal);
      const emails = await sequences.list(place.sequence, signal);
      const index = emails.findIndex(({ id }) => id === place.email);
      const aim = Math.min(position, Math.max(0, emails.length - 1));
      const moved = aim === index ? email : { ...email, position: aim };
      const taken = await sequences.change(place.sequence, place.email, moved, signal);
      return describeTaken(taken, position, url);
    },

    async retract(remoteId, signal) {
      try {
        return { ...(await change(remoteId, { published: false }, signal)), state: 'gone' };
      } catch (error) {
        if (!(error instanceof SendError) || error.status !== 404) throw error;
        return { remoteId, url, state: 'gone', echo: '' };
      }
    },

    restore: (remoteId, rendition, signal) =>
      change(remoteId, { ...describeEmail(rendition), published }, signal),
  };
}

/** The sequence with a name. It is made if there is none; Broadside looks for it just before, so there are never two. */
async function openSequence(name: string, sequences: Sequences, signal: AbortSignal): Promise<Sequence> {
  return (await sequences.find(name, signal)) ?? (await sequences.make(name, signal));
}

function findPlace(remoteId: string): EmailPlace {
  const place = readPlace(remoteId);
  if (place !== undefined) return place;
  throw new SendError('RESPONSE_UNUSABLE', `${remoteId} is not a place in a sequence of Kit`, {
    remedy: 'Settle the copy with "broadside resolve".',
    sent: 'no',
  });
}

/** Everything that an email says, except its place and whether it is published. */
function describeEmail({ fields, body }: Rendition): EmailFields {
  return {
    subject: fields['subject'] ?? '',
    preview_text: fields['preview_text'] ?? null,
    content: body,
    delay_value: fields['delay_value'] ?? 0,
    delay_unit: fields['delay_unit'] ?? 'days',
  };
}
