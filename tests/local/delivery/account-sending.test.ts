// An account that does not send: every e-mail is refused by the name that the system tries again at, until it is switched on, also over a restart.
import {
  GetAccountCommand,
  PutAccountSendingAttributesCommand,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { expect, it } from 'vitest';
import { openDelivery } from './delivery-fixture.ts';
import { MemoryJournal } from './memory-journal.ts';

const EMAIL = new SendEmailCommand({
  FromEmailAddress: 'hello@kestrel-lane.example',
  Destination: { ToAddresses: ['ana@example.com'] },
  Content: { Simple: { Subject: { Data: 'Hi' }, Body: { Text: { Data: 'Hi' } } } },
});
const switched = (SendingEnabled: boolean) => new PutAccountSendingAttributesCommand({ SendingEnabled });

it.each(['restoreInto', 'snapshotInto'] as const)('stays as it was switched (%s)', async (way) => {
  const journal = new MemoryJournal();
  const before = await openDelivery({ journal });
  await before.ses.send(switched(false));

  const next = new MemoryJournal();
  const after = await openDelivery({ journal: next });
  await journal[way](next);
  await expect(after.ses.send(EMAIL)).rejects.toMatchObject({ name: 'SendingPausedException' });
  expect(await after.ses.send(new GetAccountCommand({}))).toMatchObject({ SendingEnabled: false });
  await after.ses.send(switched(true));
  expect((await after.ses.send(EMAIL)).MessageId).toBeDefined();

  const last = new MemoryJournal();
  const again = await openDelivery({ journal: last });
  await next[way](last);
  expect((await again.ses.send(EMAIL)).MessageId).toBeDefined();
});
