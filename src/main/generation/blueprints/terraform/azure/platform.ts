import { moduleFiles, output, type TerraformFile, text } from '../file.ts';
import { ref } from '../hcl/value.ts';
import { platform, storage } from './environment.ts';
import { place } from './place.ts';
import { providers } from './providers.ts';

/** `modules/platform`: the environment of the services, with shares for what keeps files. */
export function platformModule(keeps: boolean): readonly TerraformFile[] {
  return moduleFiles(
    'platform',
    providers,
    [platform, keeps ? storage : null],
    [
      ...place,
      text('subnet_id', 'Subnet of the services.'),
      {
        name: 'log_retention_days',
        type: 'number',
        description: 'Days that logs are kept; Azure keeps them for 30 at least.',
      },
      ...(keeps
        ? [
            text('unique', 'Letters and digits that make names unique.'),
            { name: 'volumes', type: 'set(string)', description: 'Volumes of the services.' },
          ]
        : []),
    ],
    [
      output(
        'environment_id',
        'The environment.',
        ref('azurerm_container_app_environment.this.id'),
      ),
      output(
        'domain',
        'Domain of the services.',
        ref('azurerm_container_app_environment.this.default_domain'),
      ),
      ...(keeps
        ? [
            output(
              'volumes',
              'Volumes that are there.',
              ref(
                '{ for name, one in azurerm_container_app_environment_storage.this : name => one.name }',
              ),
            ),
          ]
        : []),
    ],
  );
}
