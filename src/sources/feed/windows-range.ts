/** What bytes 0x80 to 0x9F mean in windows-1252, which is what those who write such characters mean. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** Text without the characters that only windows-1252 has a meaning for at their number. */
export function readWindowsRange(text: string): string {
  return text.replace(/[\u0080-\u009F]/g, (character) => windows1252.charAt(character.charCodeAt(0) - 0x80));
}
