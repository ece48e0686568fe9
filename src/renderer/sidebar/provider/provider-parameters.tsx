import { IconChevronRight } from '@tabler/icons-react';
import type { ProviderView } from '#shared/providers.ts';
import { useConfig } from '../../hooks/use-config.ts';
import { hasOwnAddress, urlKey } from '../../model/provider-names.ts';
import { SidebarSetting } from '../sidebar-setting.tsx';
import classes from './provider.module.css';

/** How models are asked: what they may write and read, how often, by whom, and for how much. */
export function ProviderParameters({ view }: { readonly view: ProviderView }) {
  const ensemble = useConfig()?.providers.ensemble ?? 'off';
  return (
    <details className={classes.parameters}>
      <summary>
        <IconChevronRight size={13} aria-hidden /> Parameters
      </summary>
      <SidebarSetting setting="providers.temperature" label="Temperature" />
      <SidebarSetting setting="providers.maxTokens" label="Max tokens" />
      <SidebarSetting setting="providers.contextTokens" label="Context tokens" />
      <SidebarSetting setting="providers.repairRounds" label="Repair rounds" />
      <SidebarSetting setting="async.timeoutSecs" label="Time-out (s)" />
      <SidebarSetting setting="providers.ensemble" label="Ensemble" />
      {ensemble !== 'off' && (
        <SidebarSetting setting="providers.members" label="Ensemble members" wide />
      )}
      <SidebarSetting setting="providers.fallbacks" label="Fallbacks, in order" wide />
      <SidebarSetting setting="budget.runUsd" label="Budget per run (US$)" />
      <SidebarSetting setting="budget.runTokens" label="Tokens per run" />
      {!hasOwnAddress(view.id) && <SidebarSetting setting={urlKey(view.id)} label="Address" wide />}
      {view.id === 'watsonx' && (
        <SidebarSetting setting="providers.watsonxIamUrl" label="Address for tokens" wide />
      )}
    </details>
  );
}
