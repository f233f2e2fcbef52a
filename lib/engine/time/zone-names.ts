// Which names of time zones this runtime knows.

/** There are about 600 names; the limit keeps made-up ones from filling the memory. */
const REMEMBERED_NAMES = 2000;
const names = new Map<string, boolean>();

/**
 * True for an IANA zone or alias that this runtime knows ("Europe/Berlin", "UTC"). Offsets such as "+02:00" are none:
 * they do not know when the clocks change.
 */
export function isZone(name: unknown): name is string {
  if (typeof name !== 'string' || !/^[A-Za-z][A-Za-z0-9_+\-/]{1,49}$/.test(name)) return false;
  const known = names.get(name);
  if (known !== undefined) return known;
  if (names.size >= REMEMBERED_NAMES) names.clear();
  const valid = isAccepted(name);
  names.set(name, valid);
  return valid;
}

function isAccepted(name: string): boolean {
  try {
    // The constructor is the one place where Intl says whether it knows a zone, aliases included.
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
