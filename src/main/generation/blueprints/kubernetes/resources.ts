import type { Service } from '#shared/scan.ts';
import { recommend } from '../../sizing/recommend.ts';

/** Requests and limits that fit a language's runtime; a start, to be replaced by what is measured. */
interface Size {
  readonly cpu: string;
  readonly memory: string;
  readonly limit: string;
}

const small: Size = { cpu: '50m', memory: '32Mi', limit: '128Mi' };
const medium: Size = { cpu: '100m', memory: '128Mi', limit: '512Mi' };
const large: Size = { cpu: '250m', memory: '512Mi', limit: '1Gi' };

const sizes: Readonly<Record<string, Size>> = {
  go: small,
  rust: small,
  zig: small,
  c: small,
  cpp: small,
  crystal: small,
  dart: small,
  java: large,
  kotlin: large,
  scala: large,
  clojure: large,
};

/** What a container asks for and may take at most, as Kubernetes has it. */
export type Resources = {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
};

/** Memory has a limit; the processor has none, since throttling would only slow a busy pod. */
export function resourcesOf(service: Service): Resources {
  const size = sizeOf(service);
  const measured = service.measured ? recommend(service.measured) : null;
  return {
    requests: {
      cpu: measured?.cpu ?? size.cpu,
      memory: measured?.memory ?? size.memory,
      'ephemeral-storage': '64Mi',
    },
    limits: { memory: measured?.limit ?? size.limit, 'ephemeral-storage': '1Gi' },
  };
}

/** Where the figures come from, in a line: what was measured, or what such programs take. */
export function resourcesReason(service: Service): string {
  if (service.measured) return recommend(service.measured).reason;
  const language = service.language.replace(/\P{L}/gu, '');
  return `A start for ${language}: measure, then set what it takes.`;
}

function sizeOf(service: Service): Size {
  if (service.kind === 'static') return small;
  return (Object.hasOwn(sizes, service.language) && sizes[service.language]) || medium;
}

/** Seconds that a runtime may take until it answers; the start-up probe allows for them. */
export function startupSeconds(service: Service): number {
  return sizes[service.language] === large ? 180 : sizes[service.language] === small ? 30 : 90;
}
