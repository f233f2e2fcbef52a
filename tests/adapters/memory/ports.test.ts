// The adapters in memory keep what the ports promise: a simulation behaves as the table does.
import { describe } from 'vitest';
import { MemoryConsentLedger } from '#lib/adapters/memory/consent-ledger.ts';
import { MemoryDocuments } from '#lib/adapters/memory/documents.ts';
import { MemorySendOutcomes } from '#lib/adapters/memory/send-outcomes.ts';
import { MemorySlots } from '#lib/adapters/memory/slots.ts';
import { MemorySwitches } from '#lib/adapters/memory/switches.ts';
import { MemoryTimeline } from '#lib/adapters/memory/timeline.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { consentLedgerLaws } from '../../laws/ports/consent-ledger.ts';
import { documentLaws } from '../../laws/ports/documents.ts';
import { sendOutcomeLaws } from '../../laws/ports/send-outcomes.ts';
import { learnedRateLaws, slotLaws } from '../../laws/ports/slots.ts';
import { switchLaws } from '../../laws/ports/switches.ts';
import { timelineLaws } from '../../laws/ports/timeline.ts';

describe('documents in memory', () => {
  const documents = new MemoryDocuments();
  documentLaws(() => [documents], 100);
});

describe('slots in memory', () => {
  slotLaws(() => [new MemorySlots()], 100);
  learnedRateLaws(() => [new MemorySlots()]);
});

describe('outcomes of messages in memory', () => {
  sendOutcomeLaws(() => ({
    outcomes: new MemorySendOutcomes(() => Promise.resolve()),
    journey: 'cart',
  }));
});

describe('switches in memory', () => {
  switchLaws(() => Promise.resolve({ switches: new MemorySwitches(), later: () => {} }));
});

describe('the timeline in memory', () => {
  timelineLaws(() => {
    const told: [string, LogEntry][] = [];
    const timeline = new MemoryTimeline((customer, entry) => told.push([customer, entry]));
    const read = (customer: string) =>
      Promise.resolve(told.filter(([whose]) => whose === customer).map(([, entry]) => entry));
    return { timeline, read };
  });
});

describe('the consent ledger in memory', () => {
  const ledger = new MemoryConsentLedger();
  consentLedgerLaws(() => ledger);
});
