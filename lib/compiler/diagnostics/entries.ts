// Ways into a journey that can be read but let in nobody, or not those that were meant.
import { error } from './kind.ts';

export const entryDiagnostics = {
  'ends-before-start': error<{ starts: string; ends: string }>(
    'A journey that ends before it starts',
    ({ starts, ends }) => ({
      message: `This journey starts at ${starts} and ends at ${ends}: nobody could ever enter.`,
      hint: 'Write an "ends" that comes after "starts", or leave one of them out.',
    }),
  ),
};
