/** Characters that an email's slug may have (Buttondown’s OpenAPI document of August 2026, checked November 2026). */
export const slugLimit = 100;

/** How many actions an automation may have (Buttondown’s OpenAPI document of August 2026, checked November 2026). */
export const actionLimit = 25;
