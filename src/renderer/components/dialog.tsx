import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';

/** A dialog over the page; what is in it is made when it opens. */
export function Dialog(props: {
  readonly title: string;
  /** Width in px. */
  readonly width: number;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      size={props.width}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {props.children}
    </Modal>
  );
}
