import { moduleFiles, output, type TerraformFile, text } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { providers } from './providers.ts';

const storage = hcl`# A folder in a bucket has no locks: do not keep a SQLite file of a busy service in it.
resource "google_storage_bucket" "this" {
for_each = var.volumes

name = "\${var.project}-\${var.name}-\${each.key}"
location = var.region
uniform_bucket_level_access = true
public_access_prevention = "enforced"
force_destroy = !var.deletion_protection

versioning {
enabled = true
}
}

resource "google_storage_bucket_iam_member" "this" {
for_each = var.volumes

bucket = google_storage_bucket.this[each.key].name
role = "roles/storage.objectUser"
member = "serviceAccount:\${each.value}"
}`;

/** `modules/volumes`: the volumes of services that keep files. */
export function storageModule(): readonly TerraformFile[] {
  return moduleFiles(
    'volumes',
    providers,
    [storage],
    [
      text('project', 'Start of bucket names, which the world shares.'),
      text('name', 'Start of every name.'),
      text('region', 'Region of the buckets.'),
      {
        name: 'volumes',
        type: 'map(string)',
        description: 'Service accounts by the volume that they write to.',
      },
      {
        name: 'deletion_protection',
        type: 'bool',
        description: 'Whether buckets with files refuse to be destroyed.',
      },
    ],
    [
      output(
        'buckets',
        'Buckets by volume.',
        ref('{ for name, one in google_storage_bucket.this : name => one.name }'),
      ),
    ],
  );
}
