import { describe, expect, it } from 'vitest';
import { pseudoParameters, referencesIn, resolved } from '#lib/local/deployment/intrinsics.ts';

const PLACE = {
  partition: 'aws',
  region: 'eu-central-1',
  account: '111122223333',
  endpoint: 'http://127.0.0.1:4401',
};
const RESOLUTION = {
  parameters: { ...pseudoParameters(PLACE, 'wend-test'), SendMessage: 'arn:send' },
  resource: (id: string) =>
    id === 'Queue' ? { ref: 'http://queue', attributes: { Arn: 'arn:queue' } } : undefined,
};
const value = (given: unknown) => resolved(given, RESOLUTION, 'Rule.Targets');

describe('intrinsic functions', () => {
  it.each([
    [{ Ref: 'Queue' }, 'http://queue'],
    [{ Ref: 'SendMessage' }, 'arn:send'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
    [
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sqs:', { Ref: 'AWS::Region' }]] },
      'arn:aws:sqs:eu-central-1',
    ],
    [
      { 'Fn::Sub': '${AWS::AccountId}/${Queue}/${Queue.Arn}/${!kept}' },
      '111122223333/http://queue/arn:queue/${kept}',
    ],
    [{ 'Fn::Sub': ['${Name}-${AWS::StackName}', { Name: { Ref: 'SendMessage' } }] }, 'arn:send-wend-test'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', { Ref: 'SendMessage' }] }] }, 'send'],
    [
      { Kept: 1, Gone: { Ref: 'AWS::NoValue' }, List: [{ Ref: 'AWS::NoValue' }, 2] },
      { Kept: 1, List: [2] },
    ],
  ])('%j becomes %j', (given, expected) => {
    expect(value(given)).toEqual(expected);
  });

  it.each([
    [{ Ref: 'Nobody' }, 'Rule.Targets.0: refers to Nobody, which is not there.'],
    [
      { 'Fn::GetAtt': ['Queue', 'Colour'] },
      'Rule.Targets.0: asks for Colour of Queue, which the local cloud does not know.',
    ],
    [{ 'Fn::ImportValue': 'x' }, 'Rule.Targets.0: the local cloud does not resolve Fn::ImportValue.'],
    [{ 'Fn::If': ['a', 1, 2] }, 'Rule.Targets.0: the local cloud does not resolve Fn::If.'],
  ])('%j is refused with its place', (given, message) => {
    expect(() => value([given])).toThrow(message);
  });

  it('say what they refer to', () => {
    const text = { 'Fn::Sub': ['${Queue.Arn} ${!not} ${Name}', { Name: { Ref: 'Table' } }] };
    expect(referencesIn([text, { 'Fn::GetAtt': ['Role', 'Arn'] }])).toEqual([
      'Queue',
      'Name',
      'Table',
      'Role',
    ]);
  });
});
