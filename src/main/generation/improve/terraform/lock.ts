import { parseHcl } from '../../validation/terraform/hcl/parse-hcl.ts';
import { textOf } from '../../validation/terraform/hcl/read-values.ts';

/** Versions by address, such as `hashicorp/aws`. */
export type LockedProviders = ReadonlyMap<string, string>;

/** The providers of a `.terraform.lock.hcl`; those of other registries by their whole address. */
export function readLock(content: string): LockedProviders {
  const found = new Map<string, string>();
  for (const { name, labels, body } of parseHcl(content).body.blocks) {
    const [address] = labels;
    const version = textOf(body, 'version');
    if (name !== 'provider' || address === undefined || !/^\d+\.\d+\.\d+$/.test(version ?? ''))
      continue;
    found.set(address.replace(/^registry\.terraform\.io\//, ''), version ?? '');
  }
  return found;
}

/** The versions that are like a locked one: none that may break, `~> 5.31` of 5.31.0. */
export function boundOf(version: string): string {
  const [major, minor, patch] = version.split('.');
  return major === '0' ? `~> 0.${minor}.${patch}` : `~> ${major}.${minor}`;
}
