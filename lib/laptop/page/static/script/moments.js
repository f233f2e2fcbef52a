// Instants as people read them, in the zone of the workspace; the clock of this computer is never asked what the day is.

let zone = 'UTC';
const formats = new Map();

export function useZone(name) {
  zone = name;
  formats.clear();
}

export function zoneName() {
  return zone;
}

/** "Tue 24 Mar 2026, 09:14" */
export function moment(instant) {
  return format(
    'moment',
    { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    instant,
  );
}

/** "24 Mar 09:14" */
export function shortMoment(instant) {
  return format('short', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }, instant);
}

/** "Tue 24 Mar 2026" */
export function day(instant) {
  return format('day', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }, instant);
}

/** "09:14:07" */
export function time(instant) {
  return format('time', { hour: '2-digit', minute: '2-digit', second: '2-digit' }, instant);
}

function format(name, options, instant) {
  const known =
    formats.get(name) ?? new Intl.DateTimeFormat('en-GB', { ...options, hourCycle: 'h23', timeZone: zone });
  formats.set(name, known);
  return known.format(new Date(instant));
}

/** "in 3 hours", "2 days ago"; `now` is the business's. */
export function distance(instant, now) {
  const seconds = (Date.parse(instant) - now) / 1000;
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  for (const [unit, length] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ]) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return seconds >= 0 ? 'in a moment' : 'just now';
}

/** What a field of type datetime-local holds for an instant: the time at the zone's place. */
export function localInput(instant) {
  const parts = partsAt(new Date(instant));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The instant of what such a field holds; of an hour that occurs twice, one of both. */
export function instantOfInput(text) {
  const asUtc = Date.parse(`${text}:00Z`);
  if (Number.isNaN(asUtc)) return undefined;
  let instant = asUtc;
  // Twice: the offset may be another one on the other side of a change of clocks.
  for (let turn = 0; turn < 2; turn += 1)
    instant = asUtc - (Date.parse(`${localInput(instant)}:00Z`) - instant);
  return new Date(instant).toISOString();
}

function partsAt(millis) {
  const known =
    formats.get('parts') ??
    new Intl.DateTimeFormat('en-CA', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: zone,
    });
  formats.set('parts', known);
  return Object.fromEntries(known.formatToParts(millis).map(({ type, value }) => [type, value]));
}
