import { Select } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { type Maker, makers, type ProviderView } from '#shared/providers.ts';
import { useChangeConfig, useConfig, useFixedBy } from '../../hooks/use-config.ts';
import { useProviderTests } from '../../hooks/use-providers.ts';
import { makerNames } from '../../model/provider-names.ts';
import { providerState, providerStateNames } from '../../model/provider-state.ts';
import { FixedBy } from '../fixed-by.tsx';
import classes from './provider.module.css';

/** What makes the files; each provider with how it stands. */
export function ProviderSelect({ views }: { readonly views: readonly ProviderView[] }) {
  const config = useConfig();
  const change = useChangeConfig();
  const fixedBy = useFixedBy('providers.use');
  const [open, setOpen] = useState(false);
  const tests = useProviderTests(views, open);
  const use = config?.providers.use ?? 'blueprint';
  const markOf = (maker: Maker) => {
    const at = views.findIndex(({ id }) => id === maker);
    const view = views[at];
    if (maker === 'blueprint') return { state: 'ready', text: 'No key needed' } as const;
    if (!view) return { state: 'unknown', text: 'Asking…' } as const;
    const state = providerState(view, tests[at]);
    return { state, text: providerStateNames[state] };
  };
  const mark = markOf(use);
  return (
    <>
      <Select
        aria-label="Provider"
        size="xs"
        disabled={!config || fixedBy !== null}
        allowDeselect={false}
        value={use}
        onChange={(maker) => maker !== null && change({ 'providers.use': maker as Maker })}
        onDropdownOpen={() => setOpen(true)}
        onDropdownClose={() => setOpen(false)}
        maxDropdownHeight={320}
        leftSection={<span className={classes.dot} data-state={mark.state} title={mark.text} />}
        data={makers.map((maker) => ({ value: maker, label: makerNames[maker] }))}
        renderOption={({ option, checked }) => {
          const { state, text } = markOf(option.value as Maker);
          return (
            <span className={classes.option}>
              <span className={classes.dot} data-state={state} aria-hidden />
              <span className="clip">{option.label}</span>
              <span className={classes.mark}>{text}</span>
              {checked && <IconCheck size={13} aria-hidden />}
            </span>
          );
        }}
      />
      <FixedBy variable={fixedBy} />
    </>
  );
}
