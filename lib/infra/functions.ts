// All functions of a deployment, each with exactly the variables that it asks for (functions/<name>/environment.ts). What each may do
// and what calls it is said by the construct of its subsystem.
import { Construct } from 'constructs';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { join } from 'node:path';
import { FUNCTION_NAMES, type FunctionName } from '#lib/contracts/deployment-names.ts';
import type { VARIABLES } from '#lib/contracts/function-environment.ts';
import { DeployedFunction } from './deployed-function.ts';
import { FUNCTION_ENVIRONMENTS } from './function-environments.ts';

export type VariableName = keyof typeof VARIABLES;

/** The values of all variables there are; some differ by function. */
export type VariableValues = Readonly<Record<VariableName, string | ((name: FunctionName) => string)>>;

export interface FunctionsProps {
  readonly deployment: string;
  /** Folder with a folder for each function, packed and with its workspace (function-folders.ts). */
  readonly folder: string;
  readonly variables: VariableValues;
  readonly logRetention: RetentionDays;
  /** Of functions that may not take more calls at once; others take what the account has free. */
  readonly atOnce: Readonly<Partial<Record<FunctionName, number>>>;
}

export class Functions extends Construct {
  readonly #functions: ReadonlyMap<FunctionName, DeployedFunction>;

  constructor(scope: Construct, id: string, { folder, variables, atOnce, ...props }: FunctionsProps) {
    super(scope, id);
    this.#functions = new Map(
      FUNCTION_NAMES.map((name) => [
        name,
        new DeployedFunction(this, constructId(name), {
          ...props,
          name,
          folder: join(folder, name),
          ...(atOnce[name] !== undefined && { atOnce: atOnce[name] }),
          environment: Object.fromEntries(
            this.variablesOf(name).map((variable) => [variable, valueFor(name, variables[variable])]),
          ),
        }),
      ]),
    );
  }

  get(name: FunctionName): DeployedFunction {
    const found = this.#functions.get(name);
    if (found === undefined) throw new Error(`there is no function ${name}`);
    return found;
  }

  /** Names of the variables that a function asks for. */
  variablesOf(name: FunctionName): readonly VariableName[] {
    return Object.keys(FUNCTION_ENVIRONMENTS[name].shape) as VariableName[];
  }

  get all(): readonly DeployedFunction[] {
    return [...this.#functions.values()];
  }
}

function valueFor(name: FunctionName, value: VariableValues[VariableName]): string {
  return typeof value === 'function' ? value(name) : value;
}

/** `ingest-events` → `IngestEvents`: logical ids have no hyphens. */
function constructId(name: FunctionName): string {
  return name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
