import type { ConfigKey } from '#shared/config.ts';
import { useChangeConfig, useConfig, useConfigFields, useFixedBy } from '../hooks/use-config.ts';
import { changeOf, valueIn } from '../model/settings.ts';
import { SettingControl } from '../panels/settings/setting-control.tsx';
import { FixedBy } from './fixed-by.tsx';
import classes from './sidebar-setting.module.css';

type Props = {
  readonly setting: ConfigKey;
  readonly label: string;
  /** Whether the control takes a line of its own below the label. */
  readonly wide?: boolean;
};

/** A setting as a line of the sidebar, with the control that fits what it takes. */
export function SidebarSetting({ setting, label, wide = false }: Props) {
  const field = useConfigFields()?.find(({ key }) => key === setting);
  const config = useConfig();
  const change = useChangeConfig();
  const variable = useFixedBy(setting);
  // Its place is kept, so that nothing moves once the fields are there.
  if (!field || !config) return <div className={classes.setting} data-wide={wide || undefined} />;
  return (
    <div className={classes.setting} data-wide={wide || undefined} title={field.description}>
      <span className={classes.label}>{label}</span>
      <SettingControl
        field={field}
        label={label}
        value={valueIn(config, setting)}
        disabled={variable !== null}
        onChange={(next) => change(changeOf(setting, next))}
      />
      <FixedBy variable={variable} />
    </div>
  );
}
