import type { ScanResult, Service } from '#shared/scan.ts';
import type { Trait, TraitGroup } from './trait.ts';

/** Traits that the scan read of a project's services, each with its evidence. */
export function scanTraits({ services }: ScanResult): readonly Trait[] {
  return services.flatMap((service) => [...factTraits(service), ...variableTraits(service)]);
}

/** By facts of the scan, what they are traits of. */
const groups: Readonly<Record<string, TraitGroup>> = {
  language: 'language',
  framework: 'framework',
  runtimeVersion: 'runtime',
  packageManager: 'package-manager',
  ports: 'port',
  backingServices: 'backing',
  healthPath: 'health',
};

function factTraits({ evidence, language }: Service): readonly Trait[] {
  return evidence.flatMap(({ fact, value, file, line }): readonly Trait[] => {
    const group = Object.hasOwn(groups, fact) ? groups[fact] : undefined;
    if (!group) return [];
    // A version says nothing without what it is of.
    const full = group === 'runtime' ? `${language} ${value}` : value;
    return [{ group, value: full, path: file, line }];
  });
}

function variableTraits({ env }: Service): readonly Trait[] {
  return env.map(({ name, file, line }) => ({ group: 'variable', value: name, path: file, line }));
}
