import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesOf } from '#main/generation/blueprints/names.ts';
import { imageOf } from '#main/generation/scan/enrich/images.ts';
import { scanFiles } from './support/scan.ts';

const node = (folder: string): Record<string, string> => ({
  [`${folder}/package.json`]: `{"name":"${folder}","scripts":{"start":"node a.js"},"dependencies":{"express":"5"}}`,
  [`${folder}/a.js`]: "require('express')().listen(3000);\n",
});
const deployment = (name: string, image: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    name: other\n  name: ${name}\nspec:\n  template:\n    spec:\n      containers:\n        - image: ${image}\n          name: app\n`;

async function names(files: Record<string, string>) {
  const scan = await scanFiles(files);
  return Object.fromEntries(
    scan.services.map((one) => [one.name, [namesOf(scan, one).label, namesOf(scan, one).image]]),
  );
}

describe('what the author’s files call a service', () => {
  it('its image and its workload, of manifests', async () => {
    const found = await names({
      ...node('vote'),
      'deploy/vote.yaml': deployment('ballot-deployment', 'docker.io/acme/example_vote:v1'),
    });
    expect(found.vote).toEqual(['ballot', 'acme/example_vote:1.0.0']);
  });

  it('its image, of Compose, with what .env holds; the file at the top counts', async () => {
    const compose = (image: string, context: string) =>
      `services:\n  cart:\n    build: ${context}\n    image: ${image}\n`;
    const found = await names({
      ...node('cart'),
      '.env': 'REPO=robots\n',
      'compose.yaml': compose(`\${REPO}/rs-cart:\${TAG}`, 'cart'),
      'cart/compose.yaml': compose('someone/else', '.'),
    });
    expect(found.cart?.[1]).toBe('robots/rs-cart:1.0.0');
  });

  // Catches: a build of ours that is pushed under the name of what others publish.
  it('of what is pulled it is its own only where it ends in its name', async () => {
    const found = await names({
      ...node('config'),
      ...node('mongodb'),
      'compose.yaml':
        'services:\n  config:\n    image: acme/shop-config\n  mongodb:\n    image: mongodb/mongodb-community-server\n',
    });
    expect(found.config?.[1]).toBe('acme/shop-config:1.0.0');
    expect(found.mongodb?.[1]).toMatch(/^[^/]+\/mongodb:1\.0\.0$/);
  });

  // Catches: two builds that push to one name, of which the later is what both run.
  it.each([
    ['of two services the same', 'acme/shared', 'acme/shared'],
    ['a system of others', 'postgres:18', 'redis'],
    ['filled in elsewhere', '{{ .Values.image }}', '$IMAGE'],
  ])('not where it is %s', async (_, one, other) => {
    const found = await names({
      ...node('cart'),
      ...node('vote'),
      'deploy/cart.yaml': deployment('cart', one),
      'deploy/vote.yaml': deployment('vote', other),
    });
    expect([found.cart?.[1], found.vote?.[1]].join(' ')).toMatch(
      /\/cart:1\.0\.0 \S+\/vote:1\.0\.0/,
    );
  });
});

describe('the name of an image', () => {
  it.each([
    ['ghcr.io/acme/web:1', 'acme/web'],
    ['localhost:5000/web', 'web'],
    ['registry.example.com/shop/web:1.0.0', 'shop/web'],
    ['europe-west1-docker.pkg.dev/change-me/shop/web:1.0.0', 'shop/web'],
    ['icr.io/change-me/shop/web', 'shop/web'],
    [`\${REGISTRY}/acme/web:\${TAG}`, 'acme/web'],
    [`acme/\${NAME}`, null],
    ['Web App', null],
    ['', null],
  ])('of %j is %j', (reference, name) => {
    expect(imageOf(reference)).toBe(name);
  });

  it('is the same of itself, with whatever registry and tag', () => {
    const part = fc
      .stringMatching(/^[a-z][a-z0-9]{0,9}$/)
      .filter((one) => !/^(?:changeme|library|localhost)$/.test(one));
    const hosts = fc.constantFrom(
      '',
      'ghcr.io/',
      'registry.example.com:5000/',
      '111.dkr.ecr.eu.amazonaws.com/',
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), hosts, (parts, host) => {
        const name = parts.join('/');
        expect(imageOf(`${host}${name}:1.0.0@sha256:00`)).toBe(name);
      }),
    );
  });
});
