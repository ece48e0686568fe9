import { expect, it } from 'vitest';
import { countShown, filterFiles, noFilter } from '../../../src/renderer/model/file-filter.ts';
import { proposal } from './samples.ts';

const url = 'https://example.com/rule';
const warning = { rule: 'r', severity: 'warning', line: 1, message: 'm', url } as const;
const files = [
  proposal({ id: 'same', state: 'unchanged', path: 'k8s/api.yaml', kind: 'kustomize' }),
  proposal({ id: 'warned', service: 'Cart', path: 'a/Dockerfile', findings: [warning] }),
  proposal({
    id: 'noted',
    path: 'b.yaml',
    kind: 'helm',
    findings: [{ ...warning, severity: 'info' }],
  }),
];
const ids = (filter: Partial<typeof noFilter>) =>
  filterFiles(files, { ...noFilter, ...filter }).map(({ id }) => id);

it('begins with what changes something; notes are no findings that ask for a look', () => {
  expect(ids({})).toEqual(['warned', 'noted']);
  expect(ids({ shown: 'findings' })).toEqual(['warned']);
  expect(ids({ shown: 'all' })).toHaveLength(3);
  expect(countShown(files)).toEqual({ changes: 2, findings: 1, all: 3 });
});

it('finds files by path, service and kind, in any case', () => {
  expect(ids({ text: ' dockerFILE' })).toEqual(['warned']);
  expect(ids({ text: 'cart' })).toEqual(['warned']);
  expect(ids({ text: 'helm chart' })).toEqual(['noted']);
});

it('lists what is up to date where nothing else is called so', () => {
  expect(ids({ text: 'k8s/' })).toEqual(['same']);
});
