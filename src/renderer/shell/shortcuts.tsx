import { Kbd, Modal, Table } from '@mantine/core';
import { useFreeHotkeys } from '../hooks/use-free-hotkeys.ts';
import { useModKey } from '../hooks/use-mod-key.ts';
import { useWorkbench } from '../hooks/workbench-provider.tsx';
import { type Tab, tabs } from '../model/workbench.ts';

const list = [
  [['j'], 'Next file in Review'],
  [['k'], 'Previous file in Review'],
  [['a'], 'Accept the file'],
  [['r'], 'Reject the file'],
  [['mod', 'Enter'], 'Generate'],
  [['1', '…', '4'], 'Facts, Run, Review, History'],
  [['?'], 'This help'],
] as const;

/** Keys that work everywhere, and the overlay that lists all of them. */
export function Shortcuts() {
  const { state, dispatch } = useWorkbench();
  const modKey = useModKey();
  const help = () => dispatch({ type: 'help', open: true });
  const go = (tab: Tab) => dispatch({ type: 'tab', tab });
  useFreeHotkeys([
    // Where the layout needs Shift for a question mark, and where it does not.
    ['shift+?', help],
    ['?', help],
    ...tabs.map((tab, index) => [`${index + 1}`, () => go(tab)] as const),
  ]);
  return (
    <Modal
      opened={state.help}
      onClose={() => dispatch({ type: 'help', open: false })}
      title="Keyboard shortcuts"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {list.map(([keys, what]) => (
            <Table.Tr key={what}>
              <Table.Td>{what}</Table.Td>
              <Table.Td ta="right">
                {keys.map((key) => (
                  <Kbd key={key} ml={4}>
                    {key === 'mod' ? modKey : key}
                  </Kbd>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
