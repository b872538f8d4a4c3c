import * as fc from 'fast-check';

/** What random input begins with: the same in each run, so that what fails was changed. BROADSIDE_SEED=NUMBER tries other input. */
export const seed = Number(process.env['BROADSIDE_SEED'] ?? 20_789);

fc.configureGlobal({ seed });

export { fc };
