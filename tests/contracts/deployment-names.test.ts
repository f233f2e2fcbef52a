// Names of what is deployed keep AWS's limits for every environment and journey that may be.
import { describe, expect, it } from 'vitest';
import {
  audienceMachineName,
  deploymentName,
  FUNCTION_NAMES,
  functionName,
  machineName,
} from '#lib/contracts/deployment-names.ts';

const deployment = deploymentName('a'.repeat(20));

describe('names of what is deployed', () => {
  it('keep the limits of functions and of state machines', () => {
    for (const name of FUNCTION_NAMES) expect(functionName(deployment, name).length).toBeLessThanOrEqual(64);
    const longest = machineName(deployment, 'j'.repeat(60), '0123456789ab', 'resume');
    expect(longest).toHaveLength(80);
  });

  it('tell two long journeys apart by their versions, and cut both machines of a version alike', () => {
    const long = 'journey-with-a-very-long-name-indeed-that-tells-a-whole-story';
    const first = machineName(deployment, long, '0123456789ab', 'first');
    expect(machineName(deployment, long, '0123456789ab', 'resume')).toBe(`${first}-resume`);
    expect(machineName(deployment, long, 'ba9876543210', 'first')).not.toBe(first);
  });

  it('tell the machine for everybody from those of journeys, and one environment from another', () => {
    const prefix = `${deploymentName('test')}-`;
    expect(machineName('wend-test', 'audience', '0123456789ab', 'first').startsWith(prefix)).toBe(true);
    expect(audienceMachineName('wend-test').startsWith(prefix)).toBe(false);
    expect(machineName('wend-test2', 'welcome', '0123456789ab', 'first').startsWith(prefix)).toBe(false);
  });

  it('are whole where there is room', () => {
    expect(machineName('wend-test', 'welcome', '0123456789ab', 'first')).toBe(
      'wend-test-welcome-0123456789ab',
    );
  });
});
