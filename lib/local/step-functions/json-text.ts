// Inputs and outputs travel as texts that contain JSON.
import type { Json } from '../asl/json.ts';
import { ServiceError } from '../gateway/service-error.ts';

/** @throws ServiceError of the given name, with the parser's complaint, which does not quote values of customers beyond a few characters. */
export function parseJsonText(text: string, refusal: 'InvalidExecutionInput' | 'InvalidOutput'): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const what = refusal === 'InvalidOutput' ? 'Output' : 'State Machine Execution Input';
    throw new ServiceError(
      refusal,
      `Invalid ${what}: '${error instanceof Error ? error.message : 'no JSON'}'`,
    );
  }
}

/** Instants as the JSON protocols of AWS write them. */
export function seconds(millis: number): number {
  return millis / 1000;
}
