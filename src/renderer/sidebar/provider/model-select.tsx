import { ActionIcon, Autocomplete, Loader, Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ModelInfo, ProviderView } from '#shared/providers.ts';
import { useChangeConfig, useConfig, useFixedBy } from '../../hooks/use-config.ts';
import { useModels } from '../../hooks/use-providers.ts';
import { errorTitle, toErrorData } from '../../model/error-advice.ts';
import { modelKey } from '../../model/provider-names.ts';
import { modelText } from '../../model/provider-state.ts';
import { FixedBy } from '../fixed-by.tsx';
import { PricesButton } from './prices-button.tsx';
import classes from './provider.module.css';

/** Models that are listed at once; the others are found by typing. */
const most = 100;

/** The model of a provider: one that it offers, or any other by its name. Blank takes the first. */
export function ModelSelect({ view }: { readonly view: ProviderView }) {
  const setting = modelKey(view.id);
  const stored = useConfig()?.providers[`${view.id}Model`] ?? '';
  const change = useChangeConfig();
  const fixedBy = useFixedBy(setting);
  const { data, error, isFetching, refetch } = useModels(view);
  const [draft, setDraft] = useState(stored);
  useEffect(() => setDraft(stored), [stored]);
  const commit = (model: string) => model.trim() !== stored && change({ [setting]: model.trim() });
  const byId = new Map(data?.map((model) => [model.id, model]));
  const problem = error ? toErrorData(error) : null;
  return (
    <div className={classes.field}>
      <Autocomplete
        label="Model"
        size="xs"
        placeholder={data?.[0] ? `${data[0].id} (the first)` : 'The first that it offers'}
        value={draft}
        spellCheck={false}
        maxLength={200}
        limit={most}
        disabled={fixedBy !== null}
        data={[...byId.keys()]}
        onChange={setDraft}
        onOptionSubmit={commit}
        onBlur={() => commit(draft)}
        onKeyDown={(event) => event.key === 'Enter' && commit(draft)}
        error={problem && `${errorTitle(problem.code)}: ${problem.message}`}
        rightSection={<Refresh busy={isFetching} onClick={() => void refetch()} view={view} />}
        renderOption={({ option }) => <Option model={byId.get(option.value)} id={option.value} />}
      />
      <div className={classes.hintRow}>
        <p className={classes.hint}>{hintOf(byId, stored, data?.[0])}</p>
        <PricesButton provider={view.id} />
      </div>
      <FixedBy variable={fixedBy} />
    </div>
  );
}

function Refresh(props: {
  readonly busy: boolean;
  readonly onClick: () => void;
  readonly view: ProviderView;
}) {
  if (props.busy) return <Loader size={12} aria-label="Asking for the models" />;
  return (
    <Tooltip label="Ask for the models again">
      <ActionIcon
        size="xs"
        aria-label="Refresh models"
        disabled={props.view.lacks !== null}
        onClick={props.onClick}
      >
        <IconRefresh size={13} />
      </ActionIcon>
    </Tooltip>
  );
}

function Option({ model, id }: { readonly model: ModelInfo | undefined; readonly id: string }) {
  return (
    <span className={classes.model}>
      <span className="clip">{id}</span>
      {model && <span className={classes.price}>{modelText(model)}</span>}
    </span>
  );
}

function hintOf(
  byId: ReadonlyMap<string, ModelInfo>,
  stored: string,
  first: ModelInfo | undefined,
): string {
  const model = stored === '' ? first : byId.get(stored);
  if (model) return sentence(modelText(model));
  return stored === '' || byId.size === 0 ? '' : 'Not among the models that it offers';
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
