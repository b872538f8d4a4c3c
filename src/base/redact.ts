import { Buffer } from 'node:buffer';
import { stripControls } from './terminal.ts';

/** Runs of what may stand inside a secret and still let people or programs read it. */
const unseen = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]+/gu;
const seen = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]+/gu;

/** A base64 part of a secret with fewer characters could be a part of anything. */
const leastBase64 = 8;

/** Shows a text without the secrets in it. */
export type Redact = (text: string) => string;

/**
 * Makes what replaces every secret in a text from outside by `***`: as it is, in any letter case, percent-encoded, escaped as in
 * JSON and in base64, also where base64 holds a name before it, and whatever unseen characters stand inside. Control characters
 * and the names and passwords in addresses are left out.
 */
export function createRedactor(secrets: readonly string[]): Redact {
  const pattern = [...new Set(secrets)]
    .toSorted((a, b) => b.length - a.length)
    .flatMap((secret) => [
      spell(secret.trim(), spellCharacter),
      spell(secret.trim(), encodeOctets),
      ...encodeBase64(secret).map((text) => spell(text, spellBase64)),
    ])
    .filter((form) => form !== '')
    .join('|');
  const secret = pattern === '' ? undefined : new RegExp(pattern, 'giu');
  return (text) => {
    const plain = stripControls(text.replaceAll('\t', ' '));
    const cleaned = secret === undefined ? plain : hide(plain, secret);
    return cleaned.replace(/:\/\/[^\s/?#]*@/g, '://');
  };
}

/** Looks for secrets in what is seen of a text, and takes each out with all that stands inside. */
function hide(text: string, secret: RegExp): string {
  const found = [...text.replace(unseen, '').matchAll(secret)];
  if (found.length === 0) return text;
  const places = [...text.matchAll(seen)].flatMap(({ 0: run, index }) =>
    Array.from({ length: run.length }, (_, offset) => index + offset),
  );
  let end = 0;
  const parts = found.map(({ 0: match, index }) => {
    const before = text.slice(end, places[index]);
    end = (places[index + match.length - 1] ?? end) + 1;
    return `${before}***`;
  });
  return parts.join('') + text.slice(end);
}

function spell(text: string, spellOne: (character: string) => string): string {
  return Array.from(text)
    .map((character) => (/^\s$/.test(character) ? '(?:\\+|%20)?' : spellOne(character)))
    .join('');
}

function spellCharacter(character: string): string {
  if (/^\w$/.test(character)) return character;
  if (character.replace(unseen, '') === '') return '';
  const inJson = JSON.stringify(character).slice(1, -1);
  return `(?:${escapePattern(character)}|${escapePattern(inJson)}|${encodeOctets(character)})`;
}

function encodeOctets(character: string): string {
  return [...Buffer.from(character)].map((octet) => `%${octet.toString(16).padStart(2, '0')}`).join('');
}

/** Base64 has two alphabets, and addresses hold either percent-encoded. */
function spellBase64(character: string): string {
  if (character === '+') return '(?:[+-]|%2b)';
  return character === '/' ? '(?:[/_]|%2f)' : character;
}

/** A secret in base64, and the part of it that is the same whatever stands before: three bytes are four characters. */
function encodeBase64(secret: string): readonly string[] {
  const whole = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const parts = [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const text = bytes.toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
  });
  return [whole, ...parts.filter((part) => part.length >= leastBase64)];
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
