import { Group } from '@mantine/core';
import { ConfirmButton } from '../components/confirm-button.tsx';
import { useClearCache } from '../hooks/use-cache.ts';
import { useConfig } from '../hooks/use-config.ts';
import { useWorkbench } from '../hooks/workbench-provider.tsx';
import { baseName } from '../model/format.ts';
import { makerNames } from '../model/provider-names.ts';
import classes from './cache-section.module.css';

/** Forgets kept answers: all, those of the provider in use, or those of the project that is shown. */
export function ClearCache({ entries }: { readonly entries: number }) {
  const clear = useClearCache();
  const use = useConfig()?.providers.use ?? 'blueprint';
  const { root } = useWorkbench().state;
  const look = {
    size: 'compact-xs',
    disabled: entries === 0,
    loading: clear.isPending,
    yes: 'Clear',
  } as const;
  return (
    <div className={classes.clear}>
      <span>Clear kept answers</span>
      <Group gap={4}>
        <ConfirmButton
          {...look}
          label="All"
          question="All kept answers are forgotten. Models are asked, and paid, anew."
          onConfirm={() => clear.mutate({})}
        />
        {use !== 'blueprint' && (
          <ConfirmButton
            {...look}
            label="This provider"
            question={`Kept answers of ${makerNames[use]} are forgotten.`}
            onConfirm={() => clear.mutate({ provider: use })}
          />
        )}
        {root !== null && (
          <ConfirmButton
            {...look}
            label="This project"
            question={`Kept answers for ${baseName(root)} are forgotten.`}
            onConfirm={() => clear.mutate({ project: root })}
          />
        )}
      </Group>
    </div>
  );
}
