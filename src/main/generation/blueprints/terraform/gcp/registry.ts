import { moduleFiles, output, type TerraformFile, text } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { providers } from './providers.ts';

const main = hcl`resource "google_artifact_registry_repository" "this" {
repository_id = var.name
location = var.region
format = "DOCKER"

docker_config {
immutable_tags = true
}

cleanup_policies {
id = "keep-recent"
action = "KEEP"

most_recent_versions {
keep_count = 30
}
}

cleanup_policies {
id = "delete-old"
action = "DELETE"

condition {
older_than = "7776000s"
}
}
}`;

/** `modules/registry`: one repository for all images. */
export function registryModule(): readonly TerraformFile[] {
  const repository = 'google_artifact_registry_repository.this';
  return moduleFiles(
    'registry',
    providers,
    [main],
    [text('name', 'Name of the repository.'), text('region', 'Region of the images.')],
    [
      output('name', 'Name of the repository.', ref(`${repository}.name`)),
      output(
        'url',
        'What stands before the names of images.',
        ref(
          `"\${${repository}.location}-docker.pkg.dev/\${${repository}.project}/\${${repository}.repository_id}"`,
        ),
      ),
    ],
  );
}
