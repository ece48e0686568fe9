import type { Draft } from '../../draft.ts';
import { at, list, text } from '../../formats/values.ts';
import { lineage, type Pom, property } from './pom.ts';

/**
 * Notes where Spring Boot says that its process lives, whatever its databases do: since 2.3 it does so
 * by itself in Kubernetes (https://docs.spring.io/spring-boot/reference/actuator/endpoints.html). The
 * version is the one of its parent or of the BOM that is imported.
 */
export function noteLiveness(draft: Draft, pom: Pom): void {
  if (draft.get('healthPath') !== '/actuator/health') return;
  for (const one of lineage(pom)) {
    const found = bootVersion(one);
    const [, major, minor] = /^(\d+)\.(\d+)/.exec(found ?? '') ?? [];
    if (major === undefined || minor === undefined) continue;
    if (Number(major) > 2 || (major === '2' && Number(minor) >= 3)) {
      const line = one.lines.get('spring-boot-starter-parent') ?? 1;
      draft.evidence.push({
        fact: 'livenessPath',
        value: '/actuator/health/liveness',
        file: one.file,
        line,
      });
    }
    return;
  }
}

function bootVersion(pom: Pom): string | null {
  const { project } = pom;
  if (text(at(project, 'parent', 'artifactId')) === 'spring-boot-starter-parent')
    return text(at(project, 'parent', 'version'));
  const managed = list(at(project, 'dependencyManagement', 'dependencies', 'dependency'));
  const bom = managed.find((one) => text(at(one, 'artifactId')) === 'spring-boot-dependencies');
  const written = text(at(bom, 'version'));
  const key = /^\$\{([\w.-]+)\}$/.exec(written ?? '')?.[1];
  return key === undefined ? written : (property(pom, key)?.value ?? null);
}
