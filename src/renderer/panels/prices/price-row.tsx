import { Badge, Button, Group, NumberInput, Table } from '@mantine/core';
import { useState } from 'react';
import { formatUsd } from '#shared/amounts.ts';
import { usePriceChange } from '../../hooks/use-prices.ts';
import { mostUsd, type PriceLine, writtenPrice } from '../../model/price-lines.ts';
import classes from './prices.module.css';

/** One model's price; a click turns it into two fields, and takes back one of the user's own. */
export function PriceRow({ line }: { readonly line: PriceLine }) {
  const { provider, model, price, own } = line;
  const [editing, setEditing] = useState(false);
  const change = usePriceChange();
  if (editing) return <EditedRow line={line} onClose={() => setEditing(false)} />;
  return (
    <Table.Tr data-price={model}>
      <Table.Td className={`mono ${classes.model}`} title={model}>
        {model === '*' ? 'Every model' : model}
      </Table.Td>
      {(['input', 'output'] as const).map((side) => (
        <Table.Td key={side} ta="right" className="num">
          {price ? formatUsd(price[side]) : <span className={classes.unknown}>unknown</span>}
        </Table.Td>
      ))}
      <Table.Td>
        {own ? <Badge>Yours</Badge> : <span className={classes.from}>{price && 'Built in'}</span>}
      </Table.Td>
      <Table.Td>
        <Group gap={4} justify="flex-end" wrap="nowrap">
          {own && (
            <Button
              variant="subtle"
              size="compact-xs"
              aria-label={`Reset the price of ${model}`}
              title="Takes your price back; the built-in one holds again, where there is one"
              loading={change.isPending}
              onClick={() => change.mutate({ act: 'reset', provider, model })}
            >
              Reset
            </Button>
          )}
          <Button
            variant="default"
            size="compact-xs"
            aria-label={`${price ? 'Edit' : 'Set'} the price of ${model}`}
            onClick={() => setEditing(true)}
          >
            {price ? 'Edit' : 'Set'}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function EditedRow({ line, onClose }: { readonly line: PriceLine; readonly onClose: () => void }) {
  const { provider, model, price } = line;
  const [input, setInput] = useState<number | string>(price?.input ?? '');
  const [output, setOutput] = useState<number | string>(price?.output ?? '');
  const change = usePriceChange();
  const written = writtenPrice(input, output);
  const save = () =>
    written && change.mutate({ act: 'set', provider, model, ...written }, { onSuccess: onClose });
  const field = (name: string, value: number | string, onChange: typeof setInput) => (
    <Table.Td>
      <NumberInput
        size="xs"
        hideControls
        min={0}
        max={mostUsd}
        aria-label={`${name} price of ${model}, US dollars a million tokens`}
        value={value}
        onChange={onChange}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
    </Table.Td>
  );
  return (
    <Table.Tr data-price={model}>
      <Table.Td className={`mono ${classes.model}`}>{model}</Table.Td>
      {field('Input', input, setInput)}
      {field('Output', output, setOutput)}
      <Table.Td colSpan={2}>
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <Button variant="default" size="compact-xs" onClick={onClose}>
            Cancel
          </Button>
          <Button size="compact-xs" disabled={!written} loading={change.isPending} onClick={save}>
            Save
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
