import { scanProject } from '#main/generation/scan/scan-project.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import { makeProject } from './tree.ts';

/** Scans a small project made of these files. */
export async function scanFiles(files: Record<string, string | Uint8Array>): Promise<ScanResult> {
  return scanProject(await makeProject(files), { signal: new AbortController().signal });
}

/** The only service of a small project; fails where there are none or more. */
export async function onlyService(files: Record<string, string | Uint8Array>): Promise<Service> {
  const { services } = await scanFiles(files);
  if (services.length !== 1) {
    throw new Error(`expected one service, found ${services.map(({ path }) => path).join(', ')}`);
  }
  return services[0] as Service;
}

/** A service without its evidence and unknowns, for comparing as a whole. */
export function facts(service: Service): Omit<Service, 'evidence' | 'unknowns'> {
  const { evidence: _evidence, unknowns: _unknowns, ...rest } = service;
  return rest;
}

/** A package.json's text. */
export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
