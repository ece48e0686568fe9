import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostPorts } from '#main/generation/blueprints/compose/ports.ts';
import { dnsLabel, namesOf } from '#main/generation/blueprints/names.ts';
import { project, service } from './fixtures.ts';

describe('names', () => {
  it.each([
    ['@shop/web-app', 'shop-web-app'],
    ['Orders API', 'orders-api'],
    ['2fast', 'fast'],
    ['crème brûlée', 'creme-brulee'],
    ['漢字', 'service'],
    // Unquoted, YAML reads these as nothing or as truth values: charts and pipelines did not render.
    ['null', 'null-service'],
    ['ON', 'on-service'],
    ['1e3', 'e3'],
  ])('makes %s the label %s', (name, label) => {
    expect(dnsLabel(name, 'service')).toBe(label);
  });

  it('are DNS labels with room for suffixes, and never collide', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 80 }), { maxLength: 12 }), (list) => {
        const services = list.map((name, at) => service({ name, path: `s${at}` }));
        const all = project(services);
        const labels = services.map((one) => namesOf(all, one).label);
        expect(new Set(labels).size).toBe(labels.length);
        for (const label of labels) expect(label).toMatch(/^[a-z]([a-z0-9-]{0,46}[a-z0-9])?$/);
      }),
      { numRuns: 100 },
    );
  });

  it('of a service do not depend on the object that describes it', () => {
    const twins = [service({ name: 'api', path: 'a' }), service({ name: 'api', path: 'b' })];
    const all = project(twins);
    const again = twins.map((one) => namesOf(all, structuredClone(one)).label);
    expect(again).toEqual(twins.map((one) => namesOf(all, one).label));
    expect(again[0]).not.toBe(again[1]);
  });
});

describe('the name of a service', () => {
  it('is the one that the author’s own manifests have for its folder', () => {
    const advert = service({
      name: 'hipstershop',
      path: 'src/adservice',
      context: 'src/adservice',
    });
    const label = (...paths: string[]) =>
      namesOf(
        project([advert], { existing: paths.map((path) => ({ kind: 'kubernetes', path })) }),
        advert,
      ).label;
    expect(label()).toBe('hipstershop');
    expect(label('kubernetes-manifests/adservice.yaml')).toBe('adservice');
    expect(label('k8s/adservice-deployment.yaml')).toBe('adservice');
    expect(label('k8s/adservice.yaml', 'k8s/hipstershop.yaml')).toBe('hipstershop');
    const worker = { ...advert, name: 'worker' };
    const two = project([advert, worker], {
      existing: [{ kind: 'kubernetes', path: 'k8s/adservice.yaml' }],
    });
    expect(namesOf(two, advert).label).toBe('hipstershop');
  });
});

describe('host ports', () => {
  it('are all different, and end', () => {
    const ports = new HostPorts();
    const taken = Array.from({ length: 64_512 }, () => ports.take(3000));
    expect(new Set(taken).size).toBe(64_512);
    expect(taken.slice(0, 2)).toEqual([3000, 3001]);
    expect(ports.take(3000)).toBeNull();
  });
});
