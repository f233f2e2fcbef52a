// Documents of earlier engines: the one in documents/ was written by the engine of schema 1, with one run whose wait has been
// won and one that waits.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentSchema } from '#lib/engine/document.ts';
import { upgraded, type EarlierDocument } from '#lib/engine/upgrade.ts';
import { awaiting, letter, manifest, pause } from '../laws/world/journeys.ts';
import { Bench } from './bench.ts';

function earlier(): EarlierDocument {
  const path = resolve(import.meta.dirname, 'documents/schema-1.json');
  return JSON.parse(readFileSync(path, 'utf8')) as EarlierDocument;
}

describe('a document of schema 1', () => {
  it('is one of today once it is upgraded, and one of today stays as it is', () => {
    const document = upgraded(earlier());
    expect(documentSchema.safeParse(document).error).toBeUndefined();
    expect(upgraded(document)).toBe(document);
  });

  it('is decided about like any other: runs go on, waits end, segments begin', () => {
    const ada = new Bench([
      manifest('course', 'Signed Up', {
        hello: letter('hello', 'looked'),
        looked: awaiting('2 days', [['Looked', 'praise']], null),
        praise: letter('praise', 'rest'),
        rest: pause('1 day', null),
      }),
      manifest('other', 'Signed Up', { wait: awaiting('9 days', [['Ordered', null]], null) }),
    ]);
    ada.define([
      { id: 'golden', when: { 'profile.plan': 'gold' } },
      { id: 'buyers', when: { did: 'Ordered', within: '9 days' } },
    ]);
    ada.document = upgraded(earlier());
    const [course, other] = Object.keys(ada.document.runs);
    ada.minutes(10);
    const run = {
      customer: ada.document.customer,
      journey: 'course',
      version: 'v0',
      run: course ?? '',
      leg: 1,
    };
    const settle = { step: 'looked', visit: 1 };
    const loop = { visit: 1, round: 0, jumps: {} };
    const call = { run, attempt: 0, loop, settle, step: { id: 'praise' }, next: 'praise' };
    expect(ada.decide({ kind: 'decide', call }).answer).toMatchObject({
      kind: 'leave',
      name: 'Arm.0',
      details: { loop },
    });
    ada.event('Ordered', {}, { id: 'order' });
    expect(ada.document.runs[other ?? '']?.won).toMatchObject({ step: 'wait', arm: 0 });
    expect(Object.keys(ada.document.segments)).toEqual(['golden', 'buyers']);
    expect(documentSchema.safeParse(ada.document).error).toBeUndefined();
  });
});
