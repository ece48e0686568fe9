import { ScrollArea, Table, Text } from '@mantine/core';
import type { MeasuredUsage } from '#shared/usage.ts';

/** What was read, by the name of the container or pod; a service is found by its name in manifests. */
export function UsageTable({ usage }: { readonly usage: MeasuredUsage }) {
  return (
    <>
      <Text size="sm" mb={8}>
        A service whose name in manifests, or whose folder, is one of these gets its requests and
        limits from them. They hold until this window is closed.
      </Text>
      <ScrollArea.Autosize mah="min(50vh, 420px)" offsetScrollbars="y">
        <Table stickyHeader verticalSpacing={4} fz="xs" aria-label="Measured use">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Container or pod</Table.Th>
              <Table.Th ta="right">CPU p95</Table.Th>
              <Table.Th ta="right">Memory p95</Table.Th>
              <Table.Th ta="right">Memory p99</Table.Th>
              <Table.Th ta="right">Samples</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {Object.entries(usage).map(([name, { cpuMilli, memoryMi, memoryMi99, samples }]) => (
              <Table.Tr key={name}>
                <Table.Td className="mono">{name}</Table.Td>
                <Figure value={cpuMilli} unit="m" />
                <Figure value={memoryMi} unit="Mi" />
                <Figure value={memoryMi99} unit="Mi" />
                <Table.Td ta="right" className="num">
                  {samples}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </>
  );
}

function Figure({ value, unit }: { readonly value: number | null; readonly unit: string }) {
  return (
    <Table.Td ta="right" className="num">
      {value === null ? '–' : `${Math.round(value).toLocaleString('en')} ${unit}`}
    </Table.Td>
  );
}
