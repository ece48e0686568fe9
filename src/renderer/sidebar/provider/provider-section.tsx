import { Text } from '@mantine/core';
import type { ProviderView } from '#shared/providers.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useConfig } from '../../hooks/use-config.ts';
import { useProviders } from '../../hooks/use-providers.ts';
import { useWorkbench } from '../../hooks/workbench-provider.tsx';
import { hasOwnAddress, urlKey } from '../../model/provider-names.ts';
import { PreviewButton } from '../../panels/preview/preview-button.tsx';
import { Section } from '../section.tsx';
import { SidebarSetting } from '../sidebar-setting.tsx';
import { ConnectionTest } from './connection-test.tsx';
import { KeyRow } from './key-row.tsx';
import { ModelSelect } from './model-select.tsx';
import classes from './provider.module.css';
import { ProviderParameters } from './provider-parameters.tsx';
import { ProviderSelect } from './provider-select.tsx';

/** What makes the files: the blueprints, or a model of a provider with all that it needs. */
export function ProviderSection() {
  const use = useConfig()?.providers.use ?? 'blueprint';
  const { data, error, refetch } = useProviders();
  const view = data?.find(({ id }) => id === use);
  return (
    <Section title="Provider">
      <ProviderSelect views={data ?? []} />
      {use === 'blueprint' && (
        <Text size="xs" c="dimmed" mt={6}>
          Files come from the blueprints of this app. Nothing leaves this machine.
        </Text>
      )}
      {use !== 'blueprint' && error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {view && <ChosenProvider key={view.id} view={view} />}
    </Section>
  );
}

function ChosenProvider({ view }: { readonly view: ProviderView }) {
  const { root } = useWorkbench().state;
  return (
    <>
      {hasOwnAddress(view.id) && <SidebarSetting setting={urlKey(view.id)} label="Address" wide />}
      {view.id === 'watsonx' && (
        <SidebarSetting setting="providers.watsonxProject" label="Project id" wide />
      )}
      <KeyRow view={view} />
      <ModelSelect view={view} />
      {view.lacks !== null && (
        <p className={classes.lacks} role="status">
          {view.lacks}
        </p>
      )}
      <ConnectionTest view={view} />
      <PreviewButton root={root} service={null} fullWidth mt={6} />
      <ProviderParameters view={view} />
    </>
  );
}
