// A value as Secrets Manager draws one. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
import type { GeneratedSecret } from './secret-resource.ts';

/**
 * @param random uniform in [0, 1).
 * @throws Error where nothing is left to draw from, or the value is too short to have each kind of character.
 */
export function generateSecret(how: GeneratedSecret, random: () => number): string {
  const kinds = [
    how.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    how.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    how.ExcludeNumbers ? '' : '0123456789',
    how.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    how.IncludeSpace ? ' ' : '',
  ]
    .map((kind) => Array.from(kind).filter((character) => !how.ExcludeCharacters.includes(character)))
    .filter((kind) => kind.length > 0);
  const required = how.RequireEachIncludedType ? kinds : [];
  if (kinds.length === 0 || how.PasswordLength < required.length)
    throw new Error('No secret can be generated: it excludes too much, or is too short.');
  const any = kinds.flat();
  const drawn = Array.from({ length: how.PasswordLength }, (_, index) =>
    drawOf(required[index] ?? any, random),
  );
  // Those that are required came first: they may stand anywhere.
  for (let last = drawn.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [drawn[last], drawn[other]] = [drawn[other] ?? '', drawn[last] ?? ''];
  }
  return drawn.join('');
}

function drawOf(characters: readonly string[], random: () => number): string {
  return characters[Math.floor(random() * characters.length)] ?? '';
}
