import { describe, expect, it } from 'vitest';
import { compose, contradictions, file } from './files.ts';

const services = (change: (text: string) => string = (text) => text) =>
  file(
    'terraform/aws/services.tf',
    change(`locals {
  workloads = {
    web = {
      image   = "shop/web"
      port    = 8080
      env     = { A = "1", HOST = module.data.host }
      secrets = ["B"]
    }
  }
}

module "registry" {
  source       = "./modules/registry"
  repositories = ["shop/web", "shop/worker"]
}
`),
  );
const compared = compose('').content.replace('A: "1"', 'A: "1", HOST: db');
const withHost = file('compose.yaml', compared);

const blocks = {
  aws: `resource "aws_ecs_task_definition" "this" {
  family                = "web"
  container_definitions = jsonencode([
    {
      name         = "web"
      image        = "1.dkr.ecr.eu-west-1.amazonaws.com/shop/IMAGE:7"
      portMappings = [{ containerPort = PORT }]
      environment  = [{ name = "A", value = "1" }, { name = "VARIABLE", value = "2" }]
    },
    { name = "proxy", image = "envoyproxy/envoy:v1", portMappings = [{ containerPort = 9901 }] },
  ])
}`,
  gcp: `resource "google_cloud_run_v2_service" "this" {
  name = "web"
  template {
    containers {
      image = "europe-docker.pkg.dev/p/shop/IMAGE:7"
      ports { container_port = PORT }
      env {
        name  = "A"
        value = "1"
      }
      env {
        name  = "VARIABLE"
        value = "2"
      }
    }
  }
}`,
  azure: `resource "azurerm_container_app" "this" {
  name = "web"
  ingress { target_port = PORT }
  template {
    container {
      name  = "main"
      image = "acme.azurecr.io/shop/IMAGE:7"
      env {
        name  = "A"
        value = "1"
      }
      env {
        name  = "VARIABLE"
        value = "2"
      }
    }
  }
}`,
  ibm: `resource "ibm_code_engine_app" "this" {
  name            = "web"
  image_reference = "icr.io/shop/IMAGE:7"
  image_port      = PORT
  run_env_variables {
    type  = "literal"
    name  = "A"
    value = "1"
  }
  run_env_variables {
    type  = "literal"
    name  = "VARIABLE"
    value = "2"
  }
}`,
  oracle: `resource "oci_container_instances_container_instance" "this" {
  display_name = "web"
  containers {
    image_url             = "fra.ocir.io/t/shop/IMAGE:7"
    environment_variables = { A = "1", VARIABLE = "2" }
  }
}`,
};
const resource = (cloud: keyof typeof blocks, image = 'web', port = '8080', variable = 'B') =>
  file(
    'infra/main.tf',
    blocks[cloud].replace('IMAGE', image).replace('PORT', port).replace('VARIABLE', variable),
  );

describe('Terraform', () => {
  it('agrees by its map of services, whose modules may add to it', async () => {
    expect(await contradictions(withHost, services())).toEqual([]);
    const fewer = services((text) => text.replace('A = "1", ', ''));
    expect(await contradictions(withHost, fewer)).toEqual([]);
  });

  it.each([
    ['port', ['8080', '9090'], 5, 'omega/port-differs'],
    ['variable', ['A = "1"', 'AA = "1"'], 6, 'omega/variables-differ'],
    ['secret', ['["B"]', '["BB"]'], 7, 'omega/variables-differ'],
  ] as const)('tells another %s', async (_what, [from, to], line, rule) => {
    const changed = services((text) => text.replace(from, to));
    expect(await contradictions(withHost, changed)).toEqual([
      `terraform/aws/services.tf:${line} ${rule}`,
    ]);
  });

  it('tells an image that Compose calls otherwise, and one without a repository', async () => {
    const renamed = services((text) => text.replaceAll('shop/web', 'store/web'));
    expect(await contradictions(withHost, renamed)).toEqual([
      'terraform/aws/services.tf:4 omega/image-differs',
    ]);
    const other = `locals {
  services = {
    api    = { image = "shop/api", port = 80 }
    worker = { image = "shop/worker", env = {} }
  }
}
`;
    const beside = services((text) =>
      text
        .replace('"shop/web", "shop/worker"', '"shop/worker"')
        .replace(/^locals[\s\S]*?^}\n/m, other),
    );
    expect(await contradictions(withHost, beside)).toEqual([
      'terraform/aws/services.tf:3 omega/image-differs',
    ]);
  });

  it.each(['aws', 'gcp', 'azure', 'ibm', 'oracle'] as const)(
    'is read where %s runs containers',
    async (cloud) => {
      const rule = async (...args: readonly string[]) =>
        (await contradictions(compose(), resource(cloud, ...args))).map((one) => one.split(' ')[1]);
      expect(await rule()).toEqual([]);
      expect(await rule('wbe')).toEqual(['omega/image-differs']);
      // Oracle's containers share the addresses of their instance and name no ports.
      expect(await rule('web', '9090')).toEqual(cloud === 'oracle' ? [] : ['omega/port-differs']);
      expect(await rule('web', '8080', 'BB')).toEqual(['omega/variables-differ']);
    },
  );

  it('says nothing of services of others, of regions and identities, and of broken files', async () => {
    const sidecars = services((text) => text.replace('web = {', 'fluentbit = {'));
    expect(await contradictions(withHost, sidecars)).toEqual([]);
    const ofCloud = services((text) => text.replace('A = "1"', 'A = "1", AWS_REGION = "x"'));
    expect(await contradictions(withHost, ofCloud)).toEqual([]);
    expect(
      await contradictions(
        withHost,
        services((text) => text.slice(0, 60)),
      ),
    ).toEqual([]);
  });
});
