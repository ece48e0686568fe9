import { readVariables } from '../../validation/compose/model.ts';
import type { Mapping } from '../../validation/plain.ts';
import { mapping } from '../../validation/plain.ts';
import { judgeSecret } from '../../validation/secrets.ts';
import type { Proposed } from './service.ts';

/** What becomes of secrets that stand in a file: changes, and the names that `.env` has to give. */
export type HiddenSecrets = {
  readonly proposed: readonly Proposed[];
  readonly names: readonly string[];
};

type Place = {
  readonly name: string;
  readonly value: string;
  readonly path: readonly (string | number)[];
  readonly isList: boolean;
  readonly service: string;
};

/**
 * Takes secrets in plain text from `.env`. One value is one variable, wherever it stands: in the
 * password of a database and in the address by which another service logs in.
 */
export function hideSecrets(services: Mapping): HiddenSecrets {
  const places = Object.entries(services).flatMap(([service, value]) =>
    placesOf(service, mapping(value)),
  );
  const byValue = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const { name, value } of places) {
    if (judgeSecret(name, value) === null || byValue.has(value)) continue;
    const variable = free(name.replace(/\W/g, '_').toUpperCase(), value, taken);
    byValue.set(value, variable);
  }
  const proposed = places.flatMap(({ name, value, path, isList, service }): readonly Proposed[] => {
    const variable = judgeSecret(name, value) === null ? undefined : byValue.get(value);
    const hidden = variable === undefined ? inAddress(value, byValue) : ask(variable);
    if (hidden === null) return [];
    const text = isList ? `${name}=${hidden}` : hidden;
    return [
      {
        path,
        text: `${service}: ${name} comes from .env, not from this file. Change its value, which the history of the repository has still.`,
        changes: [{ type: 'set', document: 0, path, value: text }],
      },
    ];
  });
  return { proposed, names: [...new Set(byValue.values())].sort() };
}

function placesOf(service: string, value: Mapping): readonly Place[] {
  const at = ['services', service, 'environment'];
  return readVariables(value.environment, at).flatMap(({ name, value: held, path }) =>
    held === null
      ? []
      : [{ name, value: held, path, isList: Array.isArray(value.environment), service }],
  );
}

/** The variable, by the name that asks for it where it is not set. */
function ask(variable: string): string {
  return `\${${variable}:?set ${variable} in .env}`;
}

/** An address whose password is one of the secrets, or null. */
function inAddress(value: string, byValue: ReadonlyMap<string, string>): string | null {
  const [, head = '', password = '', tail = ''] =
    /^(\w[\w+.-]*:\/\/[^:@/\s]*:)([^@/\s]+)(@.*)$/.exec(value) ?? [];
  const variable = byValue.get(password);
  return variable === undefined ? null : `${head}${ask(variable)}${tail}`;
}

/** The name, or one with a number where it stands for another value already. */
function free(name: string, value: string, taken: Map<string, string>): string {
  let chosen = name;
  for (let count = 2; taken.has(chosen) && taken.get(chosen) !== value; count++)
    chosen = `${name}_${count}`;
  taken.set(chosen, value);
  return chosen;
}
