// Going through a long list part by part.
import { element } from '../elements.js';

/**
 * @param {{ from: number, size: number, all: number, next?: number, noun: string, go: (from: number) => void }} options
 */
export function pager({ from, size, all, next, noun, go }) {
  const range =
    all === 0 ? `No ${noun}` : `${from + 1}–${from + size} of ${all.toLocaleString('en')} ${noun}`;
  const button = (label, key, target) =>
    element(
      'button',
      {
        type: 'button',
        class: 'button small',
        'data-key': key,
        disabled: target === undefined,
        on: { click: () => target !== undefined && go(target) },
      },
      label,
    );
  if (from === 0 && next === undefined) return element('p', { class: 'pager' }, element('span', {}, range));
  return element(
    'nav',
    { class: 'pager', 'aria-label': 'Parts of the list' },
    element('span', {}, range),
    button('Previous', 'pager-previous', from === 0 ? undefined : Math.max(0, from - 50)),
    button('Next', 'pager-next', next),
  );
}
