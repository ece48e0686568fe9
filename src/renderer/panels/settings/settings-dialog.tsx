import { ScrollArea, Skeleton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { useConfigFields, useConfigView } from '../../hooks/use-config.ts';
import { groupFields } from '../../model/settings.ts';
import { SettingRow } from './setting-row.tsx';
import classes from './settings.module.css';

/** Every setting of the app, by section, with a search; each takes effect at once. */
export function SettingsDialog(props: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Settings" width={680} {...props}>
      <Settings />
    </Dialog>
  );
}

function Settings() {
  const [search, setSearch] = useState('');
  const fields = useConfigFields();
  const view = useConfigView();
  if (!fields || !view) return <Skeleton height={320} radius="md" />;
  const groups = groupFields(fields, search);
  return (
    <>
      <TextInput
        aria-label="Search the settings"
        placeholder="Search: retention, retries, OMEGA_DEVICE …"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      <ScrollArea h="min(60vh, 560px)" mt={12} offsetScrollbars>
        {groups.length === 0 && <p className={classes.none}>No setting has all of these words.</p>}
        {groups.map(({ title, fields: rows }) => (
          <section key={title} aria-label={title}>
            <h3 className={classes.section}>{title}</h3>
            <ul className={classes.rows}>
              {rows.map((field) => (
                <SettingRow key={field.key} field={field} />
              ))}
            </ul>
          </section>
        ))}
      </ScrollArea>
      <p className={classes.file}>
        They are kept in <span className="mono">{view.file}</span>, which you may edit too.
      </p>
    </>
  );
}
