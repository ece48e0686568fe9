import { Button, PasswordInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { ProviderView } from '#shared/providers.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { useKeyChange } from '../../hooks/use-providers.ts';
import { makerNames } from '../../model/provider-names.ts';
import { keyText } from '../../model/provider-state.ts';
import classes from './provider.module.css';

/** Where a provider's key comes from, and the ways to set, keep and delete it. No key is ever shown. */
export function KeyRow({ view }: { readonly view: ProviderView }) {
  const { mutate, isPending, reset } = useKeyChange(view.id);
  const { from } = view.key;
  const kept = from === 'keyring' || from === 'file';
  const [setting, setSetting] = useState(false);
  const asks = setting || (view.needsKey && from === 'none');
  return (
    <div className={classes.field}>
      <div className={classes.keyHead}>
        <IconKey size={13} aria-hidden />
        <span className="clip" title={keyText(view)} data-key-source={from}>
          {keyText(view)}
        </span>
      </div>
      {asks ? (
        <KeyInput
          name={makerNames[view.id]}
          busy={isPending}
          onKey={(key) =>
            mutate(
              { act: 'set', key },
              // The page keeps what a change was made with until it is reset.
              { onSuccess: () => setSetting(false), onSettled: reset },
            )
          }
          onCancel={setting ? () => setSetting(false) : undefined}
        />
      ) : (
        <div className={classes.keyButtons}>
          {from === 'environment' && (
            <Button
              variant="default"
              size="compact-xs"
              loading={isPending}
              title="Keeps this key here too, so that it is there without the variable"
              onClick={() => mutate({ act: 'keep' })}
            >
              Keep it here
            </Button>
          )}
          {/* A variable wins over every key that could be set here. */}
          {from !== 'environment' && (
            <Button variant="default" size="compact-xs" onClick={() => setSetting(true)}>
              {kept ? 'Replace key' : 'Set key'}
            </Button>
          )}
          {kept && (
            <ConfirmButton
              size="compact-xs"
              label="Delete key"
              question={`The key of ${makerNames[view.id]} that is kept here is deleted. It stays valid until you revoke it there.`}
              yes="Delete"
              loading={isPending}
              onConfirm={() => mutate({ act: 'delete' })}
            />
          )}
        </div>
      )}
    </div>
  );
}

function KeyInput(props: {
  readonly name: string;
  readonly busy: boolean;
  readonly onKey: (key: string) => void;
  readonly onCancel: (() => void) | undefined;
}) {
  const [draft, setDraft] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const key = draft.trim();
    // It leaves the page before it is sent: whatever comes back, it is not shown again.
    setDraft('');
    if (key !== '') props.onKey(key);
  };
  return (
    <form onSubmit={submit} className={classes.keyForm}>
      <PasswordInput
        aria-label={`Key of ${props.name}`}
        placeholder="Paste the key"
        size="xs"
        value={draft}
        maxLength={4096}
        autoComplete="off"
        spellCheck={false}
        disabled={props.busy}
        onChange={(event) => setDraft(event.currentTarget.value)}
      />
      <Button type="submit" loading={props.busy} disabled={draft.trim() === ''}>
        Save
      </Button>
      {props.onCancel && (
        <Button variant="default" onClick={props.onCancel}>
          Cancel
        </Button>
      )}
    </form>
  );
}
