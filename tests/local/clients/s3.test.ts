// The commands on buckets that docs/runbook.md prints: a failed call of the relay is looked at, and deleted.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type Gateway } from '#lib/local/gateway/gateway.ts';
import { localBuckets, type LocalBuckets } from '../storage/local-buckets.ts';
import { AWS_TIMEOUT_MILLIS, aws, awsJson, hasAws } from './aws-command.ts';

describe.skipIf(!hasAws)('aws s3', { timeout: AWS_TIMEOUT_MILLIS }, () => {
  let gateway: Gateway;
  let local: LocalBuckets;
  beforeAll(async () => {
    gateway = await openGateway({
      port: 0,
      now: () => Date.now(),
      onFault: (error) => {
        throw error;
      },
    });
    local = localBuckets();
    gateway.serve([local.buckets.service]);
  });
  afterAll(() => gateway.close());

  const run = (...args: string[]) => aws(gateway.endpoint, ['s3', ...args]);

  it('lists, prints and removes what the relay has set aside', async () => {
    const key = 'aws/lambda/uuid/shardId-0/2026/11/22/2026-11-22T09.00.00-x';
    const content = JSON.stringify({ payload: 'Zoë' });
    local.failures.put(key, content);
    expect((await run('ls', 's3://failures', '--recursive')).stdout).toContain(key);
    expect((await run('cp', `s3://failures/${key}`, '-')).stdout).toBe(content);
    expect(await run('rm', `s3://failures/${key}`)).toMatchObject({ code: 0 });
    expect(local.failures.keys()).toEqual([]);
    local.failures.put('one', 'x');
    local.failures.put('two', 'x');
    expect(await run('rm', 's3://failures', '--recursive')).toMatchObject({ code: 0 });
    expect(local.failures.keys()).toEqual([]);
  });

  it('puts and asks by s3api', async () => {
    const api = (...args: string[]) => awsJson(gateway.endpoint, ['s3api', ...args]);
    const put = ['put-object', '--bucket', 'failures', '--key', 'a b', '--body', import.meta.filename];
    expect(await api(...put)).toMatchObject({ ETag: local.failures.get('a b')?.etag });
    expect(await api('list-buckets')).toMatchObject({ Buckets: [{ Name: 'failures' }] });
    expect(await api('list-objects-v2', '--bucket', 'failures')).toMatchObject({
      Contents: [{ Key: 'a b' }],
    });
    const nowhere = await aws(gateway.endpoint, [
      's3api',
      'head-object',
      '--bucket',
      'failures',
      '--key',
      'x',
    ]);
    expect(nowhere.stderr).toContain('An error occurred (404) when calling the HeadObject operation');
  });
});
