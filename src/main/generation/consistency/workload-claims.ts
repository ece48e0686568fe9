import type { Claim, Workload } from './claim.ts';
import { imageName } from './image-name.ts';

/** What a workload says that other files can contradict. */
export function workloadClaims(workload: Workload): readonly Claim[] {
  const { service, file, image, ports, variables, partial, adds } = workload;
  const name = image ? imageName(image.value) : null;
  const told = toldPort(workload);
  const claims: Claim[] = [];
  if (image && name !== null)
    claims.push({ service, file, about: 'image', value: name, at: image.at });
  const beside = typeof told === 'string' ? { told } : {};
  for (const { value, at } of told === undefined ? [] : ports) {
    claims.push({ service, file, about: 'port', value, at, ...beside });
  }
  return [
    ...claims,
    ...variables.map(({ name: value, optional, at }) => ({
      service,
      file,
      about: 'variable' as const,
      value,
      at,
      ...(optional ? { optional: true as const } : {}),
      ...(partial ? { partial: true as const } : {}),
      ...(adds ? { adds } : {}),
    })),
  ];
}

/**
 * The port that a file itself tells the program to listen on: what an image says of itself is then
 * overruled. Null where it tells none, undefined where it may tell one under a name of its own.
 */
function toldPort({ variables }: Workload): string | null | undefined {
  let isOther = false;
  for (const { name, value } of variables) {
    if (value === null || !/^\d+$/.test(value)) continue;
    if (name === 'PORT') return value;
    if (name.endsWith('_PORT')) isOther = true;
  }
  return isOther ? undefined : null;
}
