import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Cloud, Target } from '#shared/target.ts';
import type { Blueprint, Surroundings, WrittenFile } from '../blueprint.ts';
import { isDeployable } from '../deployable.ts';
import { freePath } from '../free-path.ts';
import { awsFiles } from './aws/aws.ts';
import { awsFacts } from './aws/facts.ts';
import { azureFiles } from './azure/azure.ts';
import { azureFacts } from './azure/facts.ts';
import type { TerraformFile } from './file.ts';
import { gcpFacts } from './gcp/facts.ts';
import { gcpFiles } from './gcp/gcp.ts';
import { ibmFacts } from './ibm/facts.ts';
import { ibmFiles } from './ibm/ibm.ts';
import { improvedTerraform, terraformReads } from './improved.ts';
import { oracleFacts } from './oracle/facts.ts';
import { oracleFiles } from './oracle/oracle.ts';
import { type Stack, stackFor } from './stack.ts';
import type { CloudFacts } from './wire.ts';

type Writer = {
  readonly facts: CloudFacts;
  readonly files: (stack: Stack) => readonly TerraformFile[];
};

const writers: Partial<Readonly<Record<Cloud, Writer>>> = {
  oracle: { facts: oracleFacts, files: oracleFiles },
  ibm: { facts: ibmFacts, files: ibmFiles },
  aws: { facts: awsFacts, files: awsFiles },
  gcp: { facts: gcpFacts, files: gcpFiles },
  azure: { facts: azureFacts, files: azureFiles },
};

/** Terraform of a whole project for one cloud. An author's own gets small changes instead. */
export const terraformBlueprint: Blueprint = { reads: terraformReads, write: terraformArtifacts };

/**
 * `terraform/<cloud>/`: a root module and the modules that it calls.
 * @throws OmegaError `INVALID_INPUT` for a cluster in a cloud that has no Terraform for one here, and
 * where nothing runs.
 */
function terraformArtifacts(
  project: ScanResult,
  _service: Service | null,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const improved = improvedTerraform(project, surroundings);
  if (improved !== null) return improved;
  const { target, texts } = surroundings;
  const authors = [...texts].filter(([, { isOurs }]) => !isOurs);
  const { facts, files } = writerOf(target);
  if (!project.services.some(isDeployable)) {
    throw new OmegaError(
      'INVALID_INPUT',
      'Nothing in this project keeps running, so there is nothing to run in a cloud. Open a folder with a service.',
    );
  }
  const written = files(stackFor(project, facts, target.compute));
  const own = new Map(written.map(({ path, content }) => [path, content]));
  const isTheirs = (folder: string): boolean =>
    authors.some(
      ([path, { content }]) =>
        path.startsWith(`${folder}/`) && own.get(path.slice(folder.length + 1)) !== content,
    );
  const folder = folderFor(project, target.cloud, isTheirs);
  return written.map(({ path, content }) => ({
    kind: 'terraform',
    path: `${folder}/${path}`,
    content,
  }));
}

function writerOf({ cloud, compute }: Target): Writer {
  const isCluster = compute === 'kubernetes' && (cloud === 'ibm' || cloud === 'oracle');
  const writer = writers[cloud];
  if (writer && !isCluster) return writer;
  throw new OmegaError(
    'INVALID_INPUT',
    `There is no Terraform for a cluster in the cloud ${cloud} here. Choose the compute "containers", or the cloud aws, gcp or azure.`,
  );
}

/** The folder of the cloud; one that holds other files of an author's, or cannot be written, is left alone. */
function folderFor(
  project: ScanResult,
  cloud: Cloud,
  isTheirs: (folder: string) => boolean,
): string {
  const candidates = [`terraform/${cloud}`, `terraform-omega/${cloud}`, `infra-omega/${cloud}`];
  const free = candidates.filter((one) => !isTheirs(one));
  const [first = `infra-omega/${cloud}`, ...rest] = free;
  return freePath(project, first, ...rest);
}
