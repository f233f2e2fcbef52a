// The page on deploying: its first events are calls that ingestion reads, and its CDK app is made of what there is.
import { describe, expect, it } from 'vitest';
import { Wend } from '#lib/infra/wend.ts';
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

describe('an app of your own', () => {
  const [app] = blocksOf('docs/deploy.md').filter(({ language }) => language === 'ts');
  const text = app?.text ?? '';

  it('imports what Wend exports', async () => {
    const imports = [...text.matchAll(/import \{ (\w+) \} from '\.\/wend\/([^']+)'/g)];
    expect(imports.length).toBeGreaterThan(1);
    for (const [, name = '', path = ''] of imports)
      expect(Object.keys((await import(`../../${path}`)) as object)).toContain(name);
  });

  it('asks of the construct what it can do', () => {
    const asked = [...text.matchAll(/\bwend\.(\w+)\(/g)].map(([, name = '']) => name);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((name) => !Object.hasOwn(Wend.prototype, name))).toEqual([]);
  });
});
