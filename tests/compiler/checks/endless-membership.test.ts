// Which journeys and segments turn in a circle, and which only look as if they did.
import { describe, expect, test } from 'vitest';
import { readWorkspace } from '#lib/compiler/workspace.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';
import { SETTINGS } from './good-journey.ts';

const REST = [{ id: 'rest', type: 'wait', for: '30 days' }];
const COUNT = [{ id: 'count', type: 'update', increment: { age: 1 } }];

function file(path: string, value: object): { path: string; text: string } {
  return { path, text: JSON.stringify(value) };
}

/** Lets in by a segment, and out with it. */
function letsInBy(segment: string): object {
  return { entry: { enters: segment, existing: 'ignore' }, exit: [{ leaves: segment }] };
}

/** Journeys that are found to let in and out without end. */
function found(journeys: Record<string, object>, segments: Record<string, unknown>): string[] {
  const { diagnostics } = readWorkspace({
    readLiquid,
    settings: file('settings.json', SETTINGS),
    journeys: Object.entries(journeys).map(([id, journey]) =>
      file(`journeys/${id}.json`, { name: id, status: 'live', steps: REST, ...journey }),
    ),
    segments: Object.entries(segments).map(([id, when]) => file(`segments/${id}.json`, { name: id, when })),
    messages: [],
  });
  expect(diagnostics.filter(({ code }) => code !== 'endless-membership')).toEqual([]);
  return diagnostics.map(({ file: path, pointer }) => `${path} ${pointer}`);
}

const outside = { outside: { not: { inJourney: 'a' } } };
const enters = { enters: 'outside', existing: 'enter' };

describe('who is inside changes who is let in', () => {
  test.each<[string, object, Record<string, unknown>]>([
    ['out with the segment', { entry: enters, exit: [{ leaves: 'outside' }] }, outside],
    ['out at the end, which nothing delays', { entry: enters, steps: COUNT }, outside],
    [
      'through another segment',
      { entry: enters, exit: [{ leaves: 'outside' }] },
      {
        outside: { all: [{ 'profile.member': true }, { not: { segment: 'inside' } }] },
        inside: { inJourney: 'a' },
      },
    ],
    [
      'the other way round',
      { entry: { leaves: 'outside' }, exit: [{ enters: 'outside' }] },
      { outside: { inJourney: 'a' } },
    ],
  ])('%s', (_, written, segments) => {
    const field = 'leaves' in (written as { entry: object }).entry ? 'leaves' : 'enters';
    expect(found({ a: written }, segments)).toEqual([`journeys/a.json /entry/${field}`]);
  });

  test('two journeys, each of those who are not in the other: told once', () => {
    const both = {
      'not-a': { not: { inJourney: 'a' } },
      'not-b': { not: { inJourney: 'b' } },
    };
    // Whom both let in at once, both let out at once.
    expect(found({ a: letsInBy('not-b'), b: letsInBy('not-a') }, both)).toEqual([
      'journeys/a.json /entry/enters',
    ]);
    expect(
      found(
        { a: letsInBy('not-b'), b: letsInBy('not-c'), c: letsInBy('not-a') },
        { ...both, 'not-c': { not: { inJourney: 'c' } } },
      ),
    ).toEqual(['journeys/a.json /entry/enters']);
  });

  test.each<[string, object, Record<string, unknown>]>([
    ['entered once', { entry: { ...enters, reentry: 'never' }, exit: [{ leaves: 'outside' }] }, outside],
    ['entered once a month', { entry: { ...enters, reentry: { after: '30 days' } }, steps: COUNT }, outside],
    ['a stay that takes time', { entry: enters }, outside],
    [
      'being inside keeps inside',
      { entry: enters, exit: [{ leaves: 'outside' }] },
      { outside: { inJourney: 'a' } },
    ],
    [
      'a segment of some time',
      { entry: enters, exit: [{ leaves: 'outside' }] },
      { outside: { segment: 'never', for: '1 day' }, never: { not: { inJourney: 'a' } } },
    ],
    ['let in by something else', { entry: { event: 'Cart Viewed' }, exit: [{ leaves: 'outside' }] }, outside],
  ])('but not: %s', (_, written, segments) => {
    expect(found({ a: written }, segments)).toEqual([]);
  });
});
