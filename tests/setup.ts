// Properties use one fixed seed: a failure in the gate is the same failure on every machine.
import fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_122, numRuns: 100 });
