import { ActionIcon, Tooltip } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import type { ConfigField } from '#shared/config.ts';
import { useChangeConfig, useConfig, useFixedBy } from '../../hooks/use-config.ts';
import { changeOf, nameOf, valueIn } from '../../model/settings.ts';
import { FixedBy } from '../../sidebar/fixed-by.tsx';
import { SettingControl } from './setting-control.tsx';
import classes from './settings.module.css';

/** One setting: what it does, its control, and the way back to its default. */
export function SettingRow({ field }: { readonly field: ConfigField }) {
  const config = useConfig();
  const change = useChangeConfig();
  const variable = useFixedBy(field.key);
  if (!config) return null;
  const value = valueIn(config, field.key);
  const label = nameOf(field.key);
  const isDefault = JSON.stringify(value) === JSON.stringify(field.fallback);
  return (
    <li className={classes.row}>
      <div>
        <div className={classes.name} title={field.key}>
          {label}
        </div>
        <p className={classes.what}>{field.description}</p>
        <FixedBy variable={variable} />
      </div>
      <div className={classes.control}>
        <SettingControl
          field={field}
          label={`${label}: ${field.key}`}
          value={value}
          disabled={variable !== null}
          onChange={(next) => change(changeOf(field.key, next))}
        />
        <Tooltip label={`Back to ${String(field.fallback)}`}>
          <ActionIcon
            aria-label={`Set ${field.key} back to ${String(field.fallback)}`}
            // Its place is kept, so that the controls stand in line.
            style={isDefault || variable !== null ? { visibility: 'hidden' } : {}}
            onClick={() => change(changeOf(field.key, field.fallback))}
          >
            <IconRestore size={14} />
          </ActionIcon>
        </Tooltip>
      </div>
    </li>
  );
}
