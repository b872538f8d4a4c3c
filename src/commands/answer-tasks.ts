import { parentPort } from 'node:worker_threads';
import { BroadsideError } from '../base/errors.ts';

/** Does one task; what is done is its key and its result. */
type Answering<Task, Done> = (task: Task) => Promise<Done | undefined>;

/**
 * In a worker thread: does the tasks that it is sent, once it is ready; what it has nothing to say of is left to the main
 * thread. Any other error than ours ends the thread, which the main thread is told.
 */
export function answerTasks<Task, Done extends readonly [key: unknown, result: unknown]>(
  ready: Promise<Answering<Task, Done>>,
): void {
  ready.catch(() => undefined);
  const answer = async (tasks: readonly Task[]): Promise<void> => {
    try {
      const work = await ready;
      const results: Done[] = [];
      for (const task of tasks) {
        const done = await work(task);
        if (done !== undefined) results.push(done);
      }
      parentPort?.postMessage({ results });
    } catch (error) {
      if (!(error instanceof BroadsideError)) throw error;
      const { code, message, remedy } = error;
      parentPort?.postMessage({ error: { code, message, remedy } });
    }
  };
  parentPort?.on('message', (tasks: readonly Task[]) => void answer(tasks));
}
