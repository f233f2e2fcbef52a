// The first events of the page on deploying are calls that ingestion reads, under the size that the bus takes.
import { describe, expect, it } from 'vitest';
import { readSegmentLine } from '#lib/simulator/segment-lines.ts';
import { blocksOf } from './markdown.ts';

interface Entry {
  readonly EventBusName: string;
  readonly DetailType: string;
  readonly Detail: string;
}

const entries = blocksOf('docs/deploy.md')
  .filter(({ language, text }) => language === 'json' && text.includes('"EventBusName"'))
  .flatMap(({ text }) => JSON.parse(text) as Entry[]);

describe('the first events', () => {
  it('are calls that can be read, and say in the envelope what they are', () => {
    expect(entries).toHaveLength(2);
    for (const { DetailType, Detail } of entries) {
      expect(readSegmentLine(Detail, new Set())).not.toHaveProperty('refused');
      expect(JSON.parse(Detail)).toMatchObject({ type: DetailType, userId: 'u-1' });
    }
  });
});
