import { describe, expect, it } from 'vitest';
import { parseEventInvoke, parseFunction } from '#lib/local/functions/function-resource.ts';

/** As the deployment declares its functions. */
const PROPERTIES = {
  Architectures: ['arm64'],
  Code: { S3Bucket: 'assets', S3Key: 'a3b5.zip' },
  FunctionName: 'wend-test-ingest-events',
  Handler: 'index.handler',
  LoggingConfig: { LogFormat: 'JSON', LogGroup: 'ingest-log' },
  MemorySize: 1024,
  Role: 'arn:aws:iam::111122223333:role/ingest',
  Runtime: 'nodejs24.x',
  Timeout: 30,
  TracingConfig: { Mode: 'Active' },
};

const parsing = (others: object) => () =>
  parseFunction('Ingest', { ...PROPERTIES, ...others }, '/assets/a3b5');

const variables = (Variables: object) => parsing({ Environment: { Variables } });

describe('a function of a template', () => {
  it('is run as it is declared, and as Lambda runs it where nothing is declared', () => {
    const given = { ...PROPERTIES, Environment: { Variables: { TABLE_NAME: 'profiles' } } };
    expect(parseFunction('Ingest', given, '/assets/a3b5')).toMatchObject({
      name: 'wend-test-ingest-events',
      folder: '/assets/a3b5',
      timeoutSeconds: 30,
      memoryMegabytes: 1024,
      variables: { TABLE_NAME: 'profiles' },
      logGroup: 'ingest-log',
    });
    const { Timeout: _, MemorySize: __, LoggingConfig: ___, ...bare } = PROPERTIES;
    expect(parseFunction('Bare', bare, '/assets')).toMatchObject({
      timeoutSeconds: 3,
      memoryMegabytes: 128,
      reservedConcurrency: undefined,
      logGroup: '/aws/lambda/wend-test-ingest-events',
    });
  });

  it('is refused with variables that Lambda would refuse', () => {
    expect(variables({ AWS_REGION: 'eu-west-1' })).toThrow('AWS_REGION: is reserved by Lambda');
    expect(variables({ AWS_NODEJS_CONNECTION_REUSE_ENABLED: '1' })).not.toThrow();
    expect(variables({ LONG: 'x'.repeat(4092) })).not.toThrow();
    expect(variables({ LONG: 'x'.repeat(4093) })).toThrow('have 4097 bytes together; Lambda takes 4096');
  });

  it('is refused by its name where it asks for what is not there, with each reason', () => {
    expect(parsing({ Layers: ['arn'] })).toThrow(/Ingest.*Layers/);
    expect(parsing({ Runtime: 'python3.14' })).toThrow(/Ingest.*Runtime.*Node\.js/);
    expect(parsing({ Timeout: 901, DeadLetterConfig: {} })).toThrow(/Timeout.*DeadLetterConfig/);
    expect(() => parseEventInvoke('Calls', { FunctionName: 'a', Qualifier: 'live' })).toThrow(
      /Calls.*Qualifier/,
    );
  });
});
