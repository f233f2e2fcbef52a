// CloudWatch Logs of the local cloud: what functions write, for whoever asks as on AWS. In memory only, and the newest of it.
import * as z from 'zod';
import type { Service } from '../gateway/service.ts';
import { parseProperties } from '../parse-properties.ts';
import type { Place } from '../place.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { logService } from './log-service.ts';
import { LogStore } from './log-store.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
const groupSchema = z.strictObject({
  LogGroupName: z.string().optional(),
  RetentionInDays: z.int().optional(),
  /** Without meaning here: nobody is billed by them. */
  Tags: z.json().optional(),
});

export interface Logs {
  /**
   * @param properties of an `AWS::Logs::LogGroup`, references resolved; `defaultName`: for one that its template gives none.
   * @returns its name and its ARN. Throws where a property is not known.
   */
  addGroup(
    id: string,
    properties: unknown,
    defaultName: string,
  ): { readonly name: string; readonly arn: string };
  /** A line of a function. `at`: milliseconds since 1970, business time. */
  append(
    group: string,
    line: { readonly at: number; readonly stream: string; readonly message: string },
  ): void;
  /** Amazon CloudWatch Logs, for clients. */
  readonly service: Service;
}

export function createLogs({ time, place }: { readonly time: CloudTime; readonly place: Place }): Logs {
  const store = new LogStore();
  return {
    addGroup(id, properties, defaultName) {
      const given = parseProperties(id, groupSchema, properties);
      const name = given.LogGroupName ?? defaultName;
      store.addGroup(name, time.business.now(), given.RetentionInDays);
      const { partition, region, account } = place;
      return { name, arn: `arn:${partition}:logs:${region}:${account}:log-group:${name}:*` };
    },
    append: (group, line) => store.append(group, line),
    service: logService(store, place),
  };
}
