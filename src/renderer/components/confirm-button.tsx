import { Button, type ButtonProps, Group, Popover, Text } from '@mantine/core';
import { useState } from 'react';

type Props = Pick<ButtonProps, 'size' | 'variant' | 'disabled' | 'loading'> & {
  readonly label: string;
  /** What will happen, as a question or a warning. */
  readonly question: string;
  /** What the button that does it says. */
  readonly yes: string;
  readonly onConfirm: () => void;
};

/** A button that asks before it acts; Escape and a click elsewhere take it back. */
export function ConfirmButton({ label, question, yes, onConfirm, ...look }: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} width={240} trapFocus withArrow shadow="md">
      <Popover.Target>
        <Button variant="default" {...look} onClick={() => setOpened((is) => !is)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Text size="sm">{question}</Text>
        <Group justify="flex-end" gap={6} mt={8}>
          <Button variant="default" onClick={() => setOpened(false)}>
            Cancel
          </Button>
          <Button
            color="red"
            variant="light"
            onClick={() => {
              setOpened(false);
              onConfirm();
            }}
          >
            {yes}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
