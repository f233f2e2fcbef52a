/** Which language a customer gets: theirs (`de-AT`), else its language (`de`), else the workspace's default. */

/** `available` as written in the workspace; letter case and `_` for `-` (as phones report it) do not matter. */
export function chooseLocale(wanted: string, available: readonly string[], fallback: string): string {
  const asked = normal(wanted);
  return (
    available.find((locale) => normal(locale) === asked) ??
    available.find((locale) => normal(locale) === asked.split('-')[0]) ??
    fallback
  );
}

function normal(locale: string): string {
  return locale.trim().replaceAll('_', '-').toLowerCase();
}
