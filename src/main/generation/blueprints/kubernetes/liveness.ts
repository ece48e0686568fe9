import type { Service } from '#shared/scan.ts';

/**
 * HTTP path by which a service says that its process lives; null where whether its port opens has to
 * do. It is none that asks databases too: a database that is away would have every pod killed, where
 * a readiness probe only keeps calls from them.
 */
export function livenessPath({ framework, healthPath, evidence }: Service): string | null {
  if (framework === 'spring-boot' && healthPath === '/actuator/health')
    return evidence.find(({ fact }) => fact === 'livenessPath')?.value ?? null;
  if (framework === 'quarkus' && healthPath === '/q/health') return '/q/health/live';
  return healthPath?.startsWith('/') ? healthPath : null;
}
