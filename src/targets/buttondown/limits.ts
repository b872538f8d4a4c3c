/** The address of the platform's API where the config names no other. */
export const defaultUrl = 'https://api.buttondown.com';

/** Characters that an email's slug may have (Buttondown’s OpenAPI document of August 2026, checked November 2026). */
export const slugLimit = 100;

/** Characters that a subject may have (Buttondown’s OpenAPI document of August 2026, checked November 2026). */
export const subjectLimit = 2000;

/** How many actions an automation may have (Buttondown’s OpenAPI document of August 2026, checked November 2026). */
export const actionLimit = 25;

/** Characters that an automation's name may have (Buttondown’s OpenAPI document of August 2026, checked November 2026). */
export const nameLimit = 100;
