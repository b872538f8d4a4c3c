import { BroadsideError } from '../base/errors.ts';
import type { Diagnostic } from '../model/diagnostic.ts';

/**
 * What is wrong with a post whose file could not be read, from the error. The error names a file if it is not the post's own.
 * Undefined for an error that is about no post.
 */
export function describePostError(
  error: unknown,
):
  | (Pick<Diagnostic, 'rule' | 'message' | 'remedy' | 'line' | 'column'> & { readonly file?: string })
  | undefined {
  if (error instanceof RangeError) {
    const message = 'The post is nested too deeply.';
    const remedy = 'Make its lists or quotes shallower.';
    return { rule: 'post-too-deep', message, remedy, line: 1, column: 1 };
  }
  if (!(error instanceof BroadsideError)) return undefined;
  const { code, message, remedy, file, line = 1, column = 1 } = error;
  const rule = code === 'POST_TOO_COSTLY' ? 'post-too-costly' : 'post-unreadable';
  return { rule, message, remedy, line, column, ...(file !== undefined && { file }) };
}
