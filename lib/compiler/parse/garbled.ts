// Texts that were not saved as UTF-8: their letters come out as something else, and in the worst case nobody notices before the
// customers do.

/** What is left of bytes that are no UTF-8, and zero bytes, which UTF-16 has beside every plain letter. */
const LEFTOVERS = /[\u0000\uFFFD]/; // oxlint-disable-line no-control-regex

/** Where in a text, read as UTF-8, the first letter is that was something else; undefined where all are right. */
export function garbledAt(text: string): number | undefined {
  const at = text.search(LEFTOVERS);
  return at === -1 ? undefined : at;
}

/** Whether a text, read as UTF-8, was something else. */
export function isGarbled(text: string): boolean {
  return garbledAt(text) !== undefined;
}

/** What is told of such a file. */
export const GARBLED = {
  message: 'This cannot be read: the file is not saved as UTF-8, so that letters come out wrong.',
  hint: 'Save it again with the encoding "UTF-8"; in Excel as "CSV UTF-8".',
};
