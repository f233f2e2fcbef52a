// AWS CloudFormation, for whoever asks what a stack is called here: commands read names of buckets and queues from its outputs.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
import * as z from 'zod';
import { parseInput } from '../gateway/parse-input.ts';
import { queryService } from '../gateway/query-service.ts';
import type { Service } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';

export interface DeployedStack {
  readonly name: string;
  /** Its ARN. */
  readonly id: string;
  /** ARN of the stack that it is nested in. */
  readonly parent: string | undefined;
  readonly outputs: readonly {
    readonly key: string;
    readonly value: string;
    readonly description: string | undefined;
  }[];
}

const INVALID = 'ValidationError';
const describeSchema = z.strictObject({
  StackName: z.string().min(1).optional(),
  NextToken: z.string().optional(),
});

/** @param startedAt when everything was deployed, which is at each start anew: milliseconds since 1970, business time. */
export function stackService(stacks: readonly DeployedStack[], startedAt: number): Service {
  return queryService({
    signingName: 'cloudformation',
    title: 'AWS CloudFormation',
    namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    spelling: { timestamps: new Set(['CreationTime']) },
    operations: {
      DescribeStacks(input) {
        const { StackName: asked, NextToken: token } = parseInput(describeSchema, input, INVALID);
        // All are on the first page.
        if (token !== undefined) throw new ServiceError(INVALID, 'NextToken is of no earlier answer.');
        const found = stacks.filter(({ name, id }) => asked === undefined || asked === name || asked === id);
        if (asked !== undefined && found.length === 0)
          throw new ServiceError(INVALID, `Stack with id ${asked} does not exist`);
        return {
          Stacks: found.map(({ name, id, parent, outputs }) => ({
            StackName: name,
            StackId: id,
            ParentId: parent,
            CreationTime: startedAt / 1000,
            StackStatus: 'CREATE_COMPLETE',
            Outputs: outputs.map(({ key, value, description }) => ({
              OutputKey: key,
              OutputValue: value,
              Description: description,
            })),
          })),
        };
      },
    },
  });
}
