// Figures as people read them.

/** 12,345 – the same in every environment. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** "1 event", "2,000 events"; `plural` where an s is not enough. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

/** Share of a whole: "12 %", "<1 %" for little, "–" where there is no whole. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const share = (part / whole) * 100;
  return share > 0 && share < 1 ? '<1 %' : `${Math.round(share)} %`;
}
