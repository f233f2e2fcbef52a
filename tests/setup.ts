// Properties use one fixed seed: a failure in the gate is the same failure on every machine. Whoever fails says so in time: virtual
// time passes without a pause in which vitest could stop a test that shrinks its counterexample for hours.
import fc from 'fast-check';

fc.configureGlobal({
  seed: 20_261_122,
  numRuns: 100,
  interruptAfterTimeLimit: 50_000,
  markInterruptAsFailure: true,
});
