import { ScrollArea, Table } from '@mantine/core';
import type { PriceLine } from '../../model/price-lines.ts';
import { PriceRow } from './price-row.tsx';

/** The prices of one provider, each to be changed in its place. */
export function PriceTable({ lines }: { readonly lines: readonly PriceLine[] }) {
  return (
    <ScrollArea.Autosize mah="min(56vh, 480px)" offsetScrollbars="y">
      <Table stickyHeader verticalSpacing={4} fz="xs" aria-label="Prices of models">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Model</Table.Th>
            <Table.Th w={96} ta="right">
              In
            </Table.Th>
            <Table.Th w={96} ta="right">
              Out
            </Table.Th>
            <Table.Th w={84}>From</Table.Th>
            <Table.Th w={112} aria-label="Change" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <PriceRow key={line.model} line={line} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
