import { fc } from './random-input.ts';

/** Any character there is, half of a pair too. fast-check's own `binary` takes two seconds to be set up. */
export const anyCharacter: fc.Arbitrary<string> = fc
  .oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10_ff_ff }))
  .map((point) => String.fromCodePoint(point));
