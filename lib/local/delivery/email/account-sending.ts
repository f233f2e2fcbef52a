// Whether the account sends e-mail at all: what an operator switches off when everything has to stop.
// https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutAccountSendingAttributes.html and
// https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html
import * as z from 'zod';
import { parseInput } from '../../gateway/parse-input.ts';
import { ServiceError } from '../../gateway/service-error.ts';
import type { Journal } from '../../journal/journal.ts';

const PART = 'account-sending';
const recordSchema = z.strictObject({ isEnabled: z.boolean() });
/** SES takes a member that is left out for `false`, as its model has it. */
const inputSchema = z.strictObject({ SendingEnabled: z.boolean().default(false) });

export class AccountSending {
  readonly #journal: Journal;
  #isEnabled = true;

  constructor(journal: Journal) {
    this.#journal = journal;
    journal.register({
      name: PART,
      restore: (record) => {
        this.#isEnabled = recordSchema.parse(record).isEnabled;
      },
      snapshot: () => (this.#isEnabled ? [] : [{ isEnabled: false }]),
    });
  }

  get isEnabled(): boolean {
    return this.#isEnabled;
  }

  /** PutAccountSendingAttributes. @throws ServiceError BadRequestException */
  put(given: unknown): void {
    const { SendingEnabled: isEnabled } = parseInput(inputSchema, given, 'BadRequestException');
    this.#journal.append(PART, { isEnabled });
    this.#isEnabled = isEnabled;
  }

  /** @throws ServiceError SendingPausedException while it is switched off. */
  check(): void {
    if (!this.#isEnabled)
      throw new ServiceError(
        'SendingPausedException',
        'Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.',
      );
  }
}
