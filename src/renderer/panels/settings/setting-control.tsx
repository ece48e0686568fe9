import { MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ConfigField } from '#shared/config.ts';
import { type FieldValue, optionName } from '../../model/settings.ts';

type Props = {
  readonly field: ConfigField;
  readonly label: string;
  readonly value: FieldValue;
  readonly disabled: boolean;
  readonly onChange: (value: FieldValue) => void;
};

/** The control that fits what a setting takes; it acts on change, a number when it is left. */
export function SettingControl(props: Props) {
  const { field, label, value, disabled, onChange } = props;
  const { shape } = field;
  const named = (options: readonly string[]) =>
    options.map((value) => ({ value, label: optionName(field.key, value) }));
  if (shape.type === 'number') return <NumberControl {...props} />;
  if (shape.type === 'text') return <TextControl {...props} />;
  if (shape.type === 'boolean') {
    return (
      <Switch
        aria-label={label}
        checked={value === true}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (shape.type === 'list') {
    return (
      <MultiSelect
        aria-label={label}
        flex={1}
        miw={0}
        placeholder={(value as readonly string[]).length === 0 ? 'None' : ''}
        size="xs"
        data={named(shape.options)}
        value={[...(value as readonly string[])]}
        disabled={disabled}
        // Some lists must hold something.
        onChange={(chosen) => (chosen.length > 0 || isEmpty(field.fallback)) && onChange(chosen)}
      />
    );
  }
  return (
    <Select
      aria-label={label}
      size="xs"
      data={named(shape.options)}
      value={String(value)}
      disabled={disabled}
      allowDeselect={false}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
    />
  );
}

function TextControl({ field, label, value, disabled, onChange }: Props) {
  const [draft, setDraft] = useState(String(value));
  useEffect(() => setDraft(String(value)), [value]);
  if (field.shape.type !== 'text') return null;
  const commit = () => draft !== value && onChange(draft);
  return (
    <TextInput
      aria-label={label}
      size="xs"
      value={draft}
      maxLength={field.shape.maxLength}
      disabled={disabled}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}

function NumberControl({ field, label, value, disabled, onChange }: Props) {
  const [draft, setDraft] = useState<number | string>(Number(value));
  useEffect(() => setDraft(Number(value)), [value]);
  if (field.shape.type !== 'number') return null;
  const { minimum, maximum, whole } = field.shape;
  const commit = () => {
    if (draft === '' || Number.isNaN(Number(draft))) setDraft(Number(value));
    else if (Number(draft) !== value) onChange(Number(draft));
  };
  return (
    <NumberInput
      aria-label={label}
      size="xs"
      className="num"
      value={draft}
      min={minimum}
      max={maximum}
      allowDecimal={!whole}
      clampBehavior="blur"
      thousandSeparator=","
      disabled={disabled}
      onChange={setDraft}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}

function isEmpty(fallback: FieldValue): boolean {
  return Array.isArray(fallback) && fallback.length === 0;
}
