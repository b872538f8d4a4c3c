import type { Interface } from 'node:readline/promises';

/** Asks one question of whoever is at the terminal; an empty answer is the preset one. */
export type Ask = (question: string, preset?: string) => Promise<string>;

/** Questions on a terminal. `interrupt` is called for Ctrl-C and when the input ends; the question then rejects. */
export function askOnTerminal(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  interrupt: () => void,
): Ask {
  return async (question, preset) => {
    const { createInterface } = await import('node:readline/promises');
    const terminal = createInterface({ input, output });
    try {
      const shown = preset === undefined || preset === '' ? question : `${question} [${preset}]`;
      const answer = await Promise.race([terminal.question(`${shown} `), rejectWhenLeft(terminal)]);
      return answer.trim() === '' ? (preset ?? '') : answer.trim();
    } catch (error) {
      interrupt();
      throw error;
    } finally {
      terminal.close();
    }
  };
}

function rejectWhenLeft(terminal: Interface): Promise<never> {
  return new Promise((_resolve, reject) => {
    const leave = (): void => reject(new Error('The question was left without an answer.'));
    terminal.once('SIGINT', leave);
    terminal.once('close', leave);
  });
}
