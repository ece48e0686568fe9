import { list, mapping } from '../plain.ts';
import { quote, type Report } from '../report.ts';
import type { ComposeFile } from './model.ts';

const docs = 'https://docs.docker.com/reference/compose-file/';
const sizes = [
  ['mem_limit'],
  ['mem_reservation'],
  ['memswap_limit'],
  ['shm_size'],
  ['build', 'shm_size'],
  ['deploy', 'resources', 'limits', 'memory'],
  ['deploy', 'resources', 'reservations', 'memory'],
] as const;
const processors = [
  ['cpus'],
  ['deploy', 'resources', 'limits', 'cpus'],
  ['deploy', 'resources', 'reservations', 'cpus'],
] as const;

/** Sizes, shares of processors and hosts, which stand as texts that Compose reads after the schema. */
export function judgeUnits(file: ComposeFile, report: Report): void {
  for (const [name, service] of file.services) {
    const refuse = (path: readonly (string | number)[], message: string): void =>
      report.add(
        'compose/schema',
        'error',
        file.lineOf(['services', name, ...path]),
        message,
        `${docs}${path[0] === 'deploy' ? 'deploy/#resources' : `services/#${path[0]}`}`,
      );
    const at = (path: readonly string[]): unknown =>
      path.reduce<unknown>((held, step) => mapping(held)[step], service);
    for (const path of sizes) {
      const value = at(path);
      if (typeof value !== 'string' || value.includes('$') || isSize(value)) continue;
      const message = `${quote(value)} is no size. Write it in b, k, m or g, such as 512m.`;
      refuse(path, message);
    }
    for (const path of processors) {
      const value = at(path);
      if (typeof value !== 'string' || value.includes('$') || isNumber(value)) continue;
      refuse(path, `${quote(value)} is no number of processors. Write it such as "0.5".`);
    }
    for (const path of [['extra_hosts'], ['build', 'extra_hosts']]) {
      list(at(path)).forEach((entry, index) => {
        if (typeof entry !== 'string' || /[$]|^[^:=]+[:=]/.test(entry)) return;
        const message = `${quote(entry)} names a host without its address. Write "HOST=ADDRESS".`;
        refuse([...path, index], message);
      });
    }
  }
}

/** A size as docker/go-units reads it: a number, a space at most, and b, k, kb or kib and their like. */
function isSize(text: string): boolean {
  const match = /^([+-]?[\d.]+(?:e[+-]?\d+)?) ?([a-z]*)$/i.exec(text);
  if (!match || !isNumber(match[1] ?? '')) return false;
  return /^(?:b|[kmgtp](?:i?b)?)?$/i.test(match[2] ?? '');
}

function isNumber(text: string): boolean {
  return /\d/.test(text) && text.trim() === text && Number.isFinite(Number(text));
}
