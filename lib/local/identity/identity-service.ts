// AWS Security Token Service, for whoever asks which account this is: scripts build ARNs of it.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
import * as z from 'zod';
import { parseInput } from '../gateway/parse-input.ts';
import { queryService } from '../gateway/query-service.ts';
import type { Service } from '../gateway/service.ts';
import type { Place } from '../place.ts';

/** Everybody is the account itself: keys are not told apart. */
export function identityService({ partition, account }: Place): Service {
  return queryService({
    signingName: 'sts',
    title: 'AWS STS',
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    spelling: {},
    operations: {
      GetCallerIdentity(input) {
        parseInput(z.strictObject({}), input);
        return { Arn: `arn:${partition}:iam::${account}:root`, UserId: account, Account: account };
      },
    },
  });
}
