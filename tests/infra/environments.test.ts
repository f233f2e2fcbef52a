// environments.json: what is wrong with it is told with its place, because whoever edits it deploys next.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeEnvironment, readEnvironments } from '#lib/infra/environments.ts';
import { RepositoryProblem } from '#lib/repository/repository-problem.ts';

const folder = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-environments-'));
const path = join(folder, 'environments.json');
const read = (text: string) => {
  writeFileSync(path, text);
  return readEnvironments(path);
};
const problem = (text: string) => {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(RepositoryProblem);
    return (error as RepositoryProblem).message.replaceAll(`${folder}/`, '');
  }
  return 'no problem';
};

describe('environments', () => {
  it('are read with their names and defaults; comments are allowed', () => {
    expect(
      read('{ "environments": { "production": { "region": "eu-central-1" }, /* for tests */ "test": {} } }'),
    ).toEqual([
      expect.objectContaining({ name: 'production', region: 'eu-central-1', disposable: false }),
      expect.objectContaining({ name: 'test', logRetentionDays: 30, customerManagedKey: false, tags: {} }),
    ]);
  });

  it.each([
    [
      '{ "environments": { "test": { "regoin": "eu-central-1" } } }',
      /environments\.json:1:31 .*regoin.*region/,
    ],
    ['{ "environments": { "test": { "account": "123" } } }', /environments\.json:1:42 .*12 digits/],
    ['{ "environments": { "test": { "logRetentionDays": 31 } } }', /environments\.json:1:51 /],
    ['{ "environments": { "test": { "tags": { "team": "" } } } }', /environments\.json:1:49 .*empty/],
    ['{ "environments": { "test": { "tags": { "aws:team": "crm" } } } }', /environments\.json:1:41 .*aws:/],
    ['{ "environments": { "Test": {} } }', /environments\.json:1:21 .*Test/],
    ['{ "environments": { "test-eu": {} } }', /environments\.json:1:21 .*test-eu/],
    ['{ "environments": ', /environments\.json:1:\d+ /],
    ['{ "environments": {} }', /environments\.json:1:19 .*must name an environment/],
    ['{}', /environments\.json:1:1 .*environments/],
  ])('tell what is wrong and where: %s', (text, expected) => {
    expect(problem(text)).toMatch(expected);
  });

  it('tell which file is missing', () => {
    expect(() => readEnvironments(join(folder, 'none.json'))).toThrow(
      /none\.json cannot be read: it does not exist/,
    );
  });

  it('that are written in a program are held to the same rules', () => {
    expect(() => completeEnvironment({ name: 'test-eu' })).toThrow('no name of an environment');
    expect(() => completeEnvironment({ name: 'test', account: '1' })).toThrow('account');
    expect(completeEnvironment({ name: 'test' })).toMatchObject({ disposable: false });
  });

  it('of this repository can be read', () => {
    expect(readEnvironments('environments.json').map(({ name }) => name)).toContain('production');
  });
});
