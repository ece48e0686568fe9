import { describe, expect, it } from 'vitest';
import type { Evidence } from '#shared/scan.ts';
import { evidenceOf, filterServices, otherEvidence } from '../../../src/renderer/model/facts.ts';
import { service } from './samples.ts';

const evidence = (fact: string, line: number): Evidence => ({
  fact,
  value: 'v',
  file: 'main.py',
  line,
});

describe('evidence of a fact', () => {
  const one = service({
    evidence: [
      evidence('ports', 1),
      evidence('start', 2),
      evidence('ports', 3),
      evidence('tls', 4),
    ],
  });

  it('comes under the name of the fact', () => {
    expect(evidenceOf(one, 'ports').map((at) => at.line)).toEqual([1, 3]);
  });

  it('is never dropped: what has no line of its own is listed apart', () => {
    expect(otherEvidence(one).map((at) => at.line)).toEqual([4]);
  });
});

describe('filterServices', () => {
  const all = [
    service({ name: 'Shop', framework: 'FastAPI' }),
    service({ name: 'x', path: 'web/x' }),
  ];

  it('looks at name, path and framework, in any case', () => {
    expect(filterServices(all, 'fastapi')).toHaveLength(1);
    expect(filterServices(all, 'WEB/')).toHaveLength(1);
    expect(filterServices(all, '  ')).toHaveLength(2);
    expect(filterServices(all, 'none')).toHaveLength(0);
  });
});
