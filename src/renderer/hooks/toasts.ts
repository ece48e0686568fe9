import { notifications } from '@mantine/notifications';
import { errorTitle, toErrorData } from '../model/error-advice.ts';

/** Says that something went well. */
export function toastDone(title: string, message: string): void {
  notifications.show({ title, message, color: 'teal', withBorder: true, autoClose: 5000 });
}

/** Says that something went partly or not as asked, though nothing failed. */
export function toastNote(title: string, message: string): void {
  notifications.show({ title, message, color: 'yellow', withBorder: true, autoClose: 8000 });
}

/** Says what failed, with its code and what to do next. */
export function toastError(error: unknown): void {
  const { code, message } = toErrorData(error);
  notifications.show({
    title: `${errorTitle(code)} (${code})`,
    message,
    color: 'red',
    withBorder: true,
    autoClose: 10_000,
  });
}
