import { quote, type Report } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { Instruction } from './read-instructions.ts';

const url = 'https://docs.docker.com/reference/dockerfile/#run---mount';
const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const sharing = ['shared', 'private', 'locked'];
const keys =
  'type from source target readonly id sharing required size mode uid gid src dst destination ro rw readwrite env'.split(
    ' ',
  );
/** Keys that may stand without a value. */
const bare = /^(?:readonly|ro|readwrite|rw|required)$/;
/** Keys that only some types of mounts have. */
const owners: Readonly<Record<string, readonly string[]>> = {
  required: ['secret', 'ssh'],
  size: ['tmpfs'],
  sharing: ['cache'],
  mode: ['secret', 'ssh', 'cache'],
  uid: ['secret', 'ssh', 'cache'],
  gid: ['secret', 'ssh', 'cache'],
};

/** What BuildKit refuses of `RUN --mount` (parseMount in frontend/dockerfile/instructions). */
export function judgeMounts({ flags, line }: Instruction, report: Report): void {
  for (const { name, value } of flags) {
    // Quoted fields and values by ARG are left to the build.
    if (name !== 'mount' || /["$]/.test(value)) continue;
    const fault = faultOf(value.split(','));
    if (fault !== null) report.add('dockerfile/mount', 'error', line, fault, url);
  }
}

function faultOf(fields: readonly string[]): string | null {
  const pairs = fields.map((field): readonly [string, string | null] => {
    const equals = field.indexOf('=');
    if (equals < 0) return [field.toLowerCase(), null];
    return [field.slice(0, equals).toLowerCase(), field.slice(equals + 1)];
  });
  const type = (pairs.findLast(([key]) => key === 'type')?.[1] ?? 'bind').toLowerCase();
  if (!types.includes(type)) {
    const hint = didYouMean(type, types) || ` Use one of ${types.join(', ')}.`;
    return `There is no mount of type ${quote(type)}.${hint}`;
  }
  for (const [key, value] of pairs) {
    if (!keys.includes(key)) {
      return `A mount has no ${quote(key)}.${didYouMean(key, keys) || ' Take it out.'}`;
    }
    if (value === null && !bare.test(key)) return `${quote(key)} needs a value. Write ${key}=….`;
    if (owners[key]?.includes(type) === false) {
      return `A mount of type ${type} has no ${quote(key)}. Take it out.`;
    }
    if (key === 'sharing' && !sharing.includes((value ?? '').toLowerCase())) {
      return `${quote(value ?? '')} is no way of sharing. Use ${sharing.join(', ')}.`;
    }
    if (key === 'mode' && !/^[0-7]+$/.test(value ?? '')) {
      return `${quote(value ?? '')} is no mode. Write it in octal, such as 0400.`;
    }
  }
  return null;
}
