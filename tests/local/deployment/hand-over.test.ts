// What services hand to one another is refused where nobody is there to take it.
import { expect, it } from 'vitest';
import { putObject, queueTargets, sendDeadLetter } from '#lib/local/deployment/hand-over.ts';

const nothing = { find: () => undefined };

it('nothing is dropped in silence where a queue or a bucket is not there: whoever hands over hears which', async () => {
  const queue = 'arn:aws:sqs:eu-central-1:111122223333:gone';
  await expect(queueTargets(nothing).deliver(queue, '{}')).rejects.toThrow(`no queue ${queue}`);
  const letter = { body: '{}', attributes: {} };
  await expect(sendDeadLetter(nothing, queue, letter)).rejects.toThrow(`no queue ${queue}`);
  const bucket = 'arn:aws:s3:::gone';
  await expect(putObject(nothing, bucket, 'key', '{}')).rejects.toThrow(`no bucket ${bucket}`);
});
