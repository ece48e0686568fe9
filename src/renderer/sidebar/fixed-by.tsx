import { Text } from '@mantine/core';

/** Says why a control cannot be used: the environment sets its value. */
export function FixedBy({ variable }: { readonly variable: string | null }) {
  if (variable === null) return null;
  return (
    <Text size="xs" c="dimmed" mt={6}>
      Set by the variable <span className="mono">{variable}</span>; unset it to choose here.
    </Text>
  );
}
