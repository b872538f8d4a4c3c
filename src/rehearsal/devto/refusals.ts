import { replyJson } from '../stand-in.ts';
import type { Judgement, Reply } from '../exchange.ts';

/** What an article may say of AI's part in it. */
export const disclosureLevels = ['not_disclosed', 'no_ai', 'some_ai', 'fully_autonomous'];

/** The media type by which version 1 of the API is asked for. */
export const version1 = 'application/vnd.forem.api-v1+json';

/** A refusal as the API words it. */
export function refuse(status: number, error: string): Reply {
  return replyJson(status, { error, status });
}

/** The refusal of what is sent too often. */
export function refuseRate(seconds: number): Reply {
  return replyJson(
    429,
    { error: `Rate limit reached, try again in ${seconds} seconds`, status: 429 },
    { 'retry-after': String(seconds) },
  );
}

/** The refusal of a new article that does not say what part AI had in it. */
export function refuseDisclosure(url: string): Reply {
  return replyJson(422, {
    error: `ai_disclosure_level is required when creating an article. Set it to one of: ${disclosureLevels.join(', ')}.`,
    status: 422,
    ai_disclosure_level: { required: true, allowed_values: disclosureLevels, policy_url: `${url}/llms.txt` },
  });
}

/** Warns whoever does not ask for the API's version 1. */
export function warnOfVersion(decision: Judgement): Judgement {
  const warn = (reply: Reply): Reply => ({
    ...reply,
    headers: {
      ...reply.headers,
      warning: `299 - This endpoint is part of the V0 (beta) API. To start using the V1 endpoints add the Accept header: ${version1}`,
    },
  });
  if ('take' in decision) return { take: () => warn(decision.take()) };
  return 'refuse' in decision ? { refuse: warn(decision.refuse) } : decision;
}
