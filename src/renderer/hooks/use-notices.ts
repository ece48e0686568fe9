import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useConnection } from './use-connection.ts';

/** Shows what the server must tell the user once, until each is dismissed. */
export function useNotices(): void {
  const notices = useConnection().info?.notices;
  const text = notices?.join('\n');
  useEffect(() => {
    for (const message of text ? text.split('\n') : []) {
      // The text is the id, so that asking again does not say it twice.
      notifications.show({
        id: message,
        message,
        color: 'yellow',
        withBorder: true,
        autoClose: false,
      });
    }
  }, [text]);
}
