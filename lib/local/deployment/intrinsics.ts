// Intrinsic functions of templates: references to other resources, and texts put together of them.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
import type { Place } from '../place.ts';
import { DeploymentProblem } from './deployment-problem.ts';

/** What a resource is to those that refer to it. */
export interface Referable {
  readonly ref: string;
  /** For `Fn::GetAtt`. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Resolution {
  /** Parameters and pseudo parameters, by name. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Resources of the same template; undefined for an id that it does not have. */
  readonly resource: (id: string) => Referable | undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html */
export function pseudoParameters(place: Place, stack: string): Readonly<Record<string, string>> {
  return {
    'AWS::AccountId': place.account,
    'AWS::Partition': place.partition,
    'AWS::Region': place.region,
    'AWS::StackId': `arn:${place.partition}:cloudformation:${place.region}:${place.account}:stack/${stack}/local`,
    'AWS::StackName': stack,
    'AWS::URLSuffix': 'amazonaws.com',
  };
}

/**
 * The value with everything in it resolved; members that are `AWS::NoValue` are left out.
 * @param at where it stands in the template, for messages.
 * @throws DeploymentProblem for a function that is not read here, and for references to nothing.
 */
export function resolved(value: unknown, resolution: Resolution, at: string): unknown {
  if (Array.isArray(value))
    return value
      .map((one, index) => resolved(one, resolution, `${at}.${index}`))
      .filter((one) => one !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const name = intrinsicOf(value);
  if (name !== undefined) {
    const operand = (value as Readonly<Record<string, unknown>>)[name];
    const evaluate = Object.hasOwn(INTRINSICS, name) ? INTRINSICS[name] : undefined;
    if (evaluate === undefined)
      throw new DeploymentProblem(`${at}: the local cloud does not resolve ${name}.`);
    return evaluate(operand, resolution, at);
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([member, one]) => {
      const found = resolved(one, resolution, `${at}.${member}`);
      return found === undefined ? [] : [[member, found]];
    }),
  );
}

/** Ids of everything that the value refers to, parameters included. */
export function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  const operands = value as Readonly<Record<string, unknown>>;
  const name = intrinsicOf(value);
  if (name === 'Ref') return [String(operands[name])];
  if (name === 'Fn::GetAtt') return [String((operands[name] as readonly unknown[])[0])];
  if (name === 'Fn::Sub') {
    const [text, variables] = substitution(operands[name]);
    return [
      ...[...text.matchAll(SUBSTITUTED)]
        .map(([, id = '']) => id.split('.')[0] ?? '')
        .filter((id) => !id.startsWith('!')),
      ...referencesIn(variables),
    ];
  }
  return Object.values(value).flatMap(referencesIn);
}

function intrinsicOf(value: object): string | undefined {
  const [name, ...others] = Object.keys(value);
  return name !== undefined && others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))
    ? name
    : undefined;
}

type Evaluate = (operand: unknown, resolution: Resolution, at: string) => unknown;

const INTRINSICS: Readonly<Record<string, Evaluate>> = {
  Ref: (id, resolution, at) => referenceTo(String(id), resolution, at),
  'Fn::GetAtt': (operand, resolution, at) => {
    const [id, attribute] = operand as readonly [string, string];
    return attributeOf(id, attribute, resolution, at);
  },
  'Fn::Join': (operand, resolution, at) => {
    const [separator, parts] = operand as readonly [string, unknown];
    return texts(resolved(parts, resolution, at), at).join(separator);
  },
  'Fn::Split': (operand, resolution, at) => {
    const [separator, text] = operand as readonly [string, unknown];
    return String(resolved(text, resolution, at)).split(separator);
  },
  'Fn::Select': (operand, resolution, at) => {
    const [index, list] = operand as readonly [unknown, unknown];
    const chosen = texts(resolved(list, resolution, at), at)[Number(index)];
    if (chosen === undefined)
      throw new DeploymentProblem(`${at}: Fn::Select finds nothing at ${String(index)}.`);
    return chosen;
  },
  'Fn::Sub': (operand, resolution, at) => {
    const [text, given] = substitution(operand);
    const variables = resolved(given, resolution, at) as Readonly<Record<string, unknown>>;
    return text.replaceAll(SUBSTITUTED, (_, id: string) => {
      if (id.startsWith('!')) return `\${${id.slice(1)}}`;
      if (Object.hasOwn(variables, id)) return String(variables[id]);
      const [resource = '', attribute] = id.split(/\.(.*)/s);
      return String(
        attribute === undefined
          ? referenceTo(resource, resolution, at)
          : attributeOf(resource, attribute, resolution, at),
      );
    });
  },
};

/** `${Name}`, `${Name.Attribute}`; `${!Name}` stands for the text `${Name}`. */
const SUBSTITUTED = /\$\{([^}]+)\}/g;

function substitution(operand: unknown): readonly [string, unknown] {
  return Array.isArray(operand) ? (operand as [string, unknown]) : [String(operand), {}];
}

function referenceTo(id: string, { parameters, resource }: Resolution, at: string): unknown {
  if (id === 'AWS::NoValue') return undefined;
  if (Object.hasOwn(parameters, id)) return parameters[id];
  const found = resource(id);
  if (found === undefined) throw new DeploymentProblem(`${at}: refers to ${id}, which is not there.`);
  return found.ref;
}

function attributeOf(id: string, attribute: string, { resource }: Resolution, at: string): string {
  const found = resource(id);
  if (found === undefined) throw new DeploymentProblem(`${at}: refers to ${id}, which is not there.`);
  const value = Object.hasOwn(found.attributes, attribute) ? found.attributes[attribute] : undefined;
  if (value === undefined)
    throw new DeploymentProblem(
      `${at}: asks for ${attribute} of ${id}, which the local cloud does not know.`,
    );
  return value;
}

function texts(list: unknown, at: string): readonly string[] {
  if (!Array.isArray(list)) throw new DeploymentProblem(`${at}: a list is expected.`);
  return list.map(String);
}
