// The counts of a journey, by the same names wherever they stand.
import { element } from '../elements.js';

export const COUNTS = [
  { name: 'active', label: 'Inside', about: 'Runs that are on now' },
  { name: 'entered', label: 'Entered', about: 'Runs that have begun' },
  { name: 'completed', label: 'Completed', about: 'Runs that came to the end of the journey' },
  { name: 'exited', label: 'Left early', about: 'Runs that ended by an exit, the goal included' },
  { name: 'failed', label: 'Failed', about: 'Runs that ended by a failure' },
  { name: 'sent', label: 'Messages', about: 'Messages that providers have taken' },
];

export function countCells(counts) {
  return COUNTS.map(({ name }) => {
    const number = counts[name];
    const tone = number === 0 ? 'none' : name === 'failed' ? 'bad' : name === 'active' ? 'strong' : '';
    return element('td', { class: `number ${tone}` }, number.toLocaleString('en'));
  });
}

export function countList(counts, names = COUNTS) {
  return element(
    'dl',
    { class: 'counts' },
    names.map(({ name, label, about }) =>
      element(
        'div',
        { class: name === 'failed' && counts[name] > 0 ? 'bad' : '', title: about },
        element('dt', {}, label),
        element('dd', {}, counts[name].toLocaleString('en')),
      ),
    ),
  );
}
