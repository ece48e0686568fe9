import { Code, Text } from '@mantine/core';

/** Says why a control cannot be used: the environment sets its value. */
export function FixedBy({ variable }: { readonly variable: string | null }) {
  if (variable === null) return null;
  return (
    <Text size="xs" c="dimmed" mt={6}>
      Set by the variable <Code>{variable}</Code>; unset it to choose here.
    </Text>
  );
}
