/** The address of the platform's API where the config names no other. */
export const defaultUrl = 'https://api.kit.com';

/** In how many seconds Kit takes how many requests of one key (developers.kit.com, response codes, checked November 2026). */
export const requestRate = { count: 120, seconds: 60 } as const;
