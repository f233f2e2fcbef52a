// What has died in a queue, and why.
import { element } from '../elements.js';
import { moment } from '../moments.js';

export function letterList(queue, letters) {
  return element(
    'section',
    { class: 'letters', 'aria-label': `Dead letters of ${queue}` },
    element('h3', {}, `Dead letters of ${queue}`),
    letters.length === 0 ? element('p', { class: 'empty' }, 'There are none.') : undefined,
    element(
      'ul',
      { class: 'plain-list' },
      letters.map(({ id, at, reason, body }) =>
        element(
          'li',
          {},
          element('strong', {}, reason ?? 'No reason was given'),
          ' ',
          element('time', { datetime: at, class: 'muted' }, moment(at)),
          element(
            'details',
            {},
            element('summary', {}, 'What it says'),
            element('pre', { class: 'json', tabindex: '0' }, readable(body)),
          ),
          element('small', {}, id),
        ),
      ),
    ),
  );
}

function readable(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
