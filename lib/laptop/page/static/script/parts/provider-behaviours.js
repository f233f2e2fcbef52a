// How the providers behave that are answered for on this machine: what is set, and setting it.
import { get, post } from '../api.js';
import { element, replace } from '../elements.js';
import { field, select, showProblem } from './field.js';
import { problemBox } from './problem-box.js';

export function behaviourForm(kinds, { channels }, refresh) {
  const of = element('input', { required: true, autocomplete: 'off', list: 'behaviour-channels' });
  const behaviour = select([]);
  // Kept while somebody types: the beginning of an address may be a channel that has it not.
  let wanted;
  behaviour.addEventListener('change', () => {
    wanted = behaviour.value;
  });
  offer(kinds);
  of.addEventListener('input', () => void offerPossible());
  const result = element('div', { role: 'status' });
  const form = element(
    'form',
    { class: 'inline-form', on: { submit } },
    field({ label: 'Channel or address', control: of, name: 'of' }),
    element(
      'datalist',
      { id: 'behaviour-channels' },
      channels.map((value) => element('option', { value })),
    ),
    field({ label: 'Behaviour', control: behaviour, name: 'behaviour' }),
    element('button', { class: 'button primary' }, 'Set'),
    result,
  );
  function offer(offered) {
    replace(
      behaviour,
      offered.map(({ kind, about }) =>
        element('option', { value: kind, selected: kind === wanted }, `${kind}: ${about}`),
      ),
    );
  }
  /** A channel has some of them only. Where it has none, Set says why. */
  async function offerPossible() {
    const asked = of.value;
    if (asked.trim() === '') return offer(kinds);
    let possible;
    try {
      possible = new Set((await get('operations/behaviours', { of: asked })).kinds);
    } catch {
      // Of no use for choosing, such as an address that is too long: Set says what is wrong with it.
      return undefined;
    }
    if (asked !== of.value) return undefined;
    return offer(possible.size === 0 ? kinds : kinds.filter(({ kind }) => possible.has(kind)));
  }
  async function submit(event) {
    event.preventDefault();
    try {
      await post('operations/behaviours', { of: of.value, behaviour: behaviour.value });
      for (const one of form.querySelectorAll('[data-field]')) one.fail();
      result.replaceChildren();
      of.value = '';
      offer(kinds);
      await refresh();
    } catch (error) {
      showProblem(form, result, error);
    }
  }
  return form;
}

export function behaviourList(set, refresh) {
  if (set.length === 0)
    return element(
      'p',
      { class: 'empty' },
      'All providers take every message and report that it was delivered.',
    );
  return element(
    'ul',
    { class: 'plain-list' },
    set.map(({ of, behaviour }) => {
      const problem = element('span');
      return element(
        'li',
        {},
        element('strong', {}, of),
        `: ${behaviour} `,
        element(
          'button',
          {
            type: 'button',
            class: 'button small',
            'aria-label': `As usual for ${of}`,
            on: {
              click: async () => {
                try {
                  await post('operations/behaviours', { of });
                  await refresh();
                } catch (error) {
                  replace(problem, problemBox(error));
                }
              },
            },
          },
          'As usual',
        ),
        problem,
      );
    }),
  );
}
