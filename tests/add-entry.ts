import { afterAll, beforeAll } from 'vitest';

/** Adds an entry to a registry, such as a kind of target, for as long as the tests of the file run. */
export function addEntry<Value>(registry: Readonly<Record<string, Value>>, name: string, value: Value): void {
  beforeAll(() => {
    Object.assign(registry, { [name]: value });
  });
  afterAll(() => {
    Reflect.deleteProperty(registry, name);
  });
}
