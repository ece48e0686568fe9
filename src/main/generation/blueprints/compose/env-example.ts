import type { Artifact } from '#shared/artifact.ts';
import type { BackingService, ScanResult, Service } from '#shared/scan.ts';
import { buildEnv, deployedEnv, runtimeEnv } from '../env-class.ts';
import { namesOf } from '../names.ts';
import { addressesOf } from '../siblings.ts';
import { wiredValue } from '../wiring.ts';
import { backingSpecs } from './backing.ts';
import { composeConnection, publicVariable } from './service.ts';
import { unsentPasswords, unsentSpec } from './unsent.ts';

/**
 * `.env.example`: the names that `compose.yaml` takes from `.env`, never a value of a secret.
 * Nothing where the project has one already, or where no name is needed.
 */
export function envExample(
  project: ScanResult,
  services: readonly Service[],
  names: ReadonlyMap<BackingService, string>,
  unsent: ReadonlySet<BackingService>,
): readonly Artifact[] {
  const exists = project.existing.some(({ path }) =>
    /^(?:\.\/)?\.env\.(?:example|sample|template|dist)$/.test(path),
  );
  if (exists) return [];
  const passwords = [...names.keys()].flatMap(
    (system) =>
      (unsent.has(system) ? unsentSpec(system) : backingSpecs[system]).passwordVariable ?? [],
  );
  const connection = composeConnection(names);
  const people = new Map<string, string>();
  const required = new Set<string>();
  const optional = new Set<string>();
  for (const service of services) {
    const fixed = runtimeEnv(service, null);
    const addresses = addressesOf(project, service);
    const called = new Set(addresses.map(({ variable }) => variable));
    for (const one of addresses.filter(({ isPublic }) => isPublic)) {
      const { label } = namesOf(project, one.service);
      const said = `The address of ${label} that browsers and the other services both reach.`;
      people.set(publicVariable(label), said);
    }
    for (const variable of [...buildEnv(service), ...deployedEnv(service)]) {
      if (variable.name === 'PORT' || Object.hasOwn(fixed, variable.name)) continue;
      if (wiredValue(service, variable.name, connection) !== null) continue;
      if (called.has(variable.name)) continue;
      (variable.required ? required : optional).add(variable.name);
    }
  }
  for (const name of [...passwords, ...people.keys()]) required.add(name);
  for (const name of required) optional.delete(name);
  if (required.size + optional.size === 0) return [];
  const lines = [
    '# Copy to .env and fill in. Keep .env out of version control.',
    '# Passwords become part of connection URLs: letters and digits are safe in them.',
    ...section('Required', required, '', new Map([...unsentPasswords(unsent), ...people])),
    ...section('Optional: the code has a default', optional, '# ', new Map()),
  ];
  return [{ kind: 'compose', path: '.env.example', content: `${lines.join('\n')}\n` }];
}

/** `notes` are said above the variables that they are of. */
function section(
  title: string,
  names: ReadonlySet<string>,
  prefix: string,
  notes: ReadonlyMap<string, string>,
): readonly string[] {
  if (names.size === 0) return [];
  const lines = [...names].sort().flatMap((name) => {
    const note = notes.get(name);
    return [...(note === undefined ? [] : [`# ${note}`]), `${prefix}${name}=`];
  });
  return ['', `# ${title}`, ...lines];
}
