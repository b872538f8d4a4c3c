import type { z } from 'zod';
import type { Reply } from '../exchange.ts';
import { replyJson } from '../stand-in.ts';

/** A refusal as the API words it: a code for programs, and a sentence. */
export function refuse(status: number, detail: string, code?: string): Reply {
  return replyJson(status, { ...(code !== undefined && { code }), detail, metadata: {} });
}

/** The refusal of a request whose fields are not those the document names: one line for each fault. */
export function refuseFields({ issues }: z.ZodError): Reply {
  const detail = issues.flatMap((issue) => {
    const loc = (names: readonly PropertyKey[]): readonly (string | number)[] => [
      'body',
      'payload',
      ...names.map((name) => (typeof name === 'number' ? name : String(name))),
    ];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        type: 'extra_forbidden',
        loc: loc([...issue.path, key]),
        msg: 'Extra inputs are not permitted',
      }));
    }
    return [{ type: 'value_error', loc: loc(issue.path), msg: issue.message }];
  });
  return replyJson(422, { detail });
}
