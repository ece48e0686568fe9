import { describe, expect, it } from 'vitest';
import type { Finding } from '#shared/artifact.ts';
import {
  acceptable,
  neighbour,
  nextOpen,
  reviewRows,
  sortProposals,
} from '../../../src/renderer/model/review-rows.ts';
import { proposal } from './samples.ts';

const finding = (severity: Finding['severity']): Finding => ({
  rule: 'r',
  severity,
  line: 1,
  message: 'm',
  url: 'https://example.com/rule',
});

describe('reviewRows', () => {
  it('groups by project and service, whole-project files first by their kinds, Dockerfile before Kubernetes', () => {
    const sorted = sortProposals([
      proposal({ id: '1', root: '/b', service: 'web' }),
      proposal({ id: '2', root: '/a', service: 'api', kind: 'kubernetes', path: 'a.yaml' }),
      proposal({ id: '5', root: '/a', service: 'api', path: 'z/.dockerignore' }),
      proposal({ id: '3', root: '/a', service: 'api', path: 'z/Dockerfile' }),
      proposal({ id: '6', root: '/a', service: null, kind: 'grafana', path: 'a.json' }),
      proposal({ id: '4', root: '/a', service: null, kind: 'compose', path: 'compose.yaml' }),
    ]);
    expect(reviewRows(sorted).map((row) => row.key)).toEqual([
      'project:/a',
      'service:/a\n\ncompose',
      '4',
      'service:/a\n\ngrafana',
      '6',
      'service:/a\napi\n',
      '3',
      '5',
      '2',
      'project:/b',
      'service:/b\nweb\n',
      '1',
    ]);
  });

  it('does not name the project where there is but one, and heads its service again in another', () => {
    expect(reviewRows([proposal()]).map((row) => row.type)).toEqual(['service', 'file']);
    const two = sortProposals([
      proposal({ id: '1', root: '/a', service: 'api' }),
      proposal({ id: '2', root: '/b', service: 'api' }),
    ]);
    expect(reviewRows(two).filter((row) => row.type === 'service')).toHaveLength(2);
  });
});

describe('what "accept all without errors" takes', () => {
  it('leaves out errors and everything that is decided already', () => {
    const list = [
      proposal({ id: 'clean' }),
      proposal({ id: 'warned', findings: [finding('warning'), finding('info')] }),
      proposal({ id: 'broken', findings: [finding('warning'), finding('error')] }),
      proposal({ id: 'rejected', state: 'rejected' }),
      proposal({ id: 'applied', state: 'applied' }),
    ];
    expect(acceptable(list).map((one) => one.id)).toEqual(['clean', 'warned']);
  });
});

describe('moving through the files', () => {
  const list = [
    proposal({ id: 'a', state: 'accepted' }),
    proposal({ id: 'b' }),
    proposal({ id: 'c', state: 'rejected' }),
    proposal({ id: 'd' }),
  ];

  it('stops at both ends and begins at the first', () => {
    expect(neighbour(list, 'a', -1)).toBe('a');
    expect(neighbour(list, 'd', 1)).toBe('d');
    expect(neighbour(list, 'b', 1)).toBe('c');
    expect(neighbour(list, 'gone', 1)).toBe('a');
    expect(neighbour([], 'a', 1)).toBeNull();
  });

  it('goes to the next undecided file, round the end, else to the very next', () => {
    expect(nextOpen(list, 'b')).toBe('d');
    expect(nextOpen(list, 'd')).toBe('b');
    const done = list.map((one) => ({ ...one, state: 'accepted' as const }));
    expect(nextOpen(done, 'b')).toBe('c');
  });
});
