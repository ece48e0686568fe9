import { Table } from '@mantine/core';
import type { CallSecond } from '#shared/calls.ts';
import { busySeconds } from '../../model/chart-data.ts';
import { formatDuration } from '../../model/format.ts';
import classes from './calls.module.css';

/** The charts as a table: every second in which something happened, the latest first. */
export function SecondsTable({ seconds }: { readonly seconds: readonly CallSecond[] }) {
  const rows = busySeconds(seconds);
  const time = (ms: number | null) => (ms === null ? '–' : formatDuration(ms));
  return (
    <details className={classes.seconds}>
      <summary>As a table</summary>
      {rows.length === 0 && <p>No call in the last two minutes.</p>}
      {rows.length > 0 && (
        <Table.ScrollContainer minWidth={400} maxHeight={220}>
          <Table stickyHeader aria-label="Calls by second" className="num" fz="xs">
            <Table.Thead>
              <Table.Tr>
                {['Second', 'p50', 'p95', 'Answers', 'In flight', 'Allowed'].map((name) => (
                  <Table.Th key={name}>{name}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.at}>
                  <Table.Td>{new Date(row.at).toLocaleTimeString('en-GB')}</Table.Td>
                  <Table.Td>{time(row.p50Ms)}</Table.Td>
                  <Table.Td>{time(row.p95Ms)}</Table.Td>
                  <Table.Td>{row.answered}</Table.Td>
                  <Table.Td>{row.inFlight}</Table.Td>
                  <Table.Td>{row.allowed}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </details>
  );
}
