import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { providerSchema } from '#main/generation/validation/terraform/schema.ts';
import { readConstraint } from '#main/generation/validation/terraform/version-constraint.ts';

const folder = join(import.meta.dirname, '../../../../../resources/schemas');

describe('the tables of providers', () => {
  it.each([
    ['hashicorp/aws', 'aws', 'aws_ecs_service'],
    ['hashicorp/google', 'google', 'google_cloud_run_v2_service'],
    ['hashicorp/azurerm', 'azurerm', 'azurerm_container_app'],
    ['IBM-Cloud/ibm', 'ibm', 'ibm_code_engine_app'],
    ['oracle/oci', 'oci', 'oci_container_instances_container_instance'],
    ['registry.terraform.io/hashicorp/random', 'random', 'random_password'],
  ])(
    'have the fields of %s in the version that the README names, and stay small',
    async (address, name, type) => {
      const schema = await providerSchema(address);
      expect(Object.keys(schema?.fields('resource', type)?.a ?? {}).length).toBeGreaterThan(3);
      expect(schema?.names('resource').has(type)).toBe(true);
      const readme = await readFile(join(folder, 'README.md'), 'utf8');
      expect(readme).toContain(`${name} ${schema?.version}`);
      expect((await stat(join(folder, 'terraform', `${name}.json`))).size).toBeLessThan(250_000);
    },
  );

  it('are not there for providers that nobody read', () => {
    expect(providerSchema('acme/thing')).toBeNull();
    expect(providerSchema('constructor')).toBeNull();
  });
});

describe('readConstraint', () => {
  it.each([
    ['~> 6.0', '6.25.0', true],
    ['~> 6.0', '7.0.0', false],
    ['~> 6.25.0', '6.26.0', false],
    ['>= 5.0, < 6.0', '6.25.0', false],
    ['>= 5.0, != 6.25.0', '6.25.0', false],
    ['6.25.0', '6.25.0', true],
    ['> 6', '6.25.0', true],
  ])('knows whether %s admits %s', (text, version, admitted) => {
    expect(readConstraint(text)?.admits(version)).toBe(admitted);
  });

  it.each(['', '1.x', '~> ', 'latest', '>= 1.0 < 2.0', '=> 1.0'])('refuses %j', (text) => {
    expect(readConstraint(text)).toBeNull();
  });
});
