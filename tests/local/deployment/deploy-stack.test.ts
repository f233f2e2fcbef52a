// A stack is put where it belongs, in an order in which everything is there that is referred to, or refused with the resource's name.
import { describe, expect, it } from 'vitest';
import { deployStack, type PlaceResource, type StackResource } from '#lib/local/deployment/deploy-stack.ts';
import { parseTemplate } from '#lib/local/deployment/template.ts';

const PLACE = {
  partition: 'aws',
  region: 'eu-central-1',
  account: '111122223333',
  endpoint: 'http://127.0.0.1:4401',
};

const template = (json: unknown) => parseTemplate({ Resources: json }, 'template.json');

async function deploy(resources: unknown, nested: Readonly<Record<string, unknown>> = {}) {
  const put: StackResource[] = [];
  const take: PlaceResource = (resource) => {
    put.push(resource);
    return { ref: resource.id, attributes: { Arn: `arn:${resource.id}` } };
  };
  await deployStack({
    place: PLACE,
    types: new Map([
      ['AWS::SQS::Queue', take],
      ['AWS::StepFunctions::StateMachine', take],
      ['AWS::Events::Rule', take],
    ]),
    assembly: {
      name: 'shop',
      region: undefined,
      account: undefined,
      template: template(resources),
      asset: (key) => key,
      nestedTemplate: (key) => template(nested[key]),
    },
  });
  return put;
}

const queue = (properties = {}) => ({ Type: 'AWS::SQS::Queue', Properties: properties });

describe('a stack', () => {
  it('is put so that what is referred to comes first, and rules behind all queues', async () => {
    const put = await deploy({
      Rule: { Type: 'AWS::Events::Rule', Properties: { Target: { 'Fn::GetAtt': ['Events', 'Arn'] } } },
      Events: queue({ RedrivePolicy: { target: { 'Fn::GetAtt': ['Dead', 'Arn'] } } }),
      Dead: queue(),
    });
    expect(put.map(({ id }) => id)).toEqual(['Dead', 'Events', 'Rule']);
    expect(put.map(({ properties }) => properties)).toEqual([
      {},
      { RedrivePolicy: { target: 'arn:Dead' } },
      { Target: 'arn:Events' },
    ]);
  });

  it('has what its nested stacks have, with the parameters that they are given', async () => {
    const put = await deploy(
      {
        Group: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: {
            Parameters: { Send: { Ref: 'Events' } },
            TemplateURL: 'https://s3/bucket/group.json',
          },
        },
        Events: queue(),
      },
      {
        'group.json': {
          Welcome: { Type: 'AWS::StepFunctions::StateMachine', Properties: { Send: { Ref: 'Send' } } },
        },
      },
    );
    expect(put).toContainEqual(
      expect.objectContaining({ id: 'Group/Welcome', properties: { Send: 'Events' } }),
    );
  });

  it('may refer to what has no effect here: a role, a policy', async () => {
    const put = await deploy({
      Role: { Type: 'AWS::IAM::Role', Properties: { Unread: { 'Fn::If': [] } } },
      Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'may-read' } },
      Events: queue({ role: { 'Fn::GetAtt': ['Role', 'Arn'] }, policy: { Ref: 'Policy' } }),
    });
    expect(put.map(({ properties }) => properties)).toEqual([
      { role: 'arn:aws:iam::111122223333:role/shop-Role', policy: 'may-read' },
    ]);
  });

  it.each([
    [{ Vpc: { Type: 'AWS::EC2::VPC' } }, 'Vpc (AWS::EC2::VPC)'],
    [{ Events: { ...queue(), Condition: 'IsLarge' } }, 'Resources.Events: Unrecognized key: "Condition"'],
    [
      { Group: { Type: 'AWS::CloudFormation::Stack', Properties: { TimeoutInMinutes: 5 } } },
      'does not know TimeoutInMinutes',
    ],
    [{ A: queue({ b: { Ref: 'B' } }), B: queue({ a: { Ref: 'A' } }) }, 'A refers to itself, over others'],
  ])('%j is refused', async (resources, message) => {
    await expect(deploy(resources)).rejects.toThrow(message);
  });
});

const stackArn = (name: string) => `arn:aws:cloudformation:eu-central-1:111122223333:stack/${name}/local`;

const stackOf = (outputs: object, more: object = {}) =>
  parseTemplate({ Resources: { Events: queue(), ...more }, Outputs: outputs }, 'template.json');

it('what a stack hands out is resolved, also in those that are nested in it', async () => {
  const outer = stackOf(
    { Where: { Description: 'Events', Value: { 'Fn::GetAtt': ['Events', 'Arn'] } } },
    { Group: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 's3/inner' } } },
  );
  const stacks = await deployStack({
    place: PLACE,
    types: new Map([['AWS::SQS::Queue', ({ id }) => ({ ref: id, attributes: { Arn: `arn:${id}` } })]]),
    assembly: {
      name: 'shop',
      region: undefined,
      account: undefined,
      template: outer,
      asset: (key) => key,
      nestedTemplate: () => stackOf({ Inner: { Value: { Ref: 'Events' } } }),
    },
  });
  expect(stacks).toEqual([
    {
      name: 'shop',
      id: stackArn('shop'),
      parent: undefined,
      outputs: [{ key: 'Where', value: 'arn:Events', description: 'Events' }],
    },
    {
      name: 'shop-Group',
      id: stackArn('shop-Group'),
      parent: stackArn('shop'),
      outputs: [{ key: 'Inner', value: 'Group/Events', description: undefined }],
    },
  ]);
});
