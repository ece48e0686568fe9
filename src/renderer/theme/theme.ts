import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const iris: MantineColorsTuple = [
  '#f1f2fd',
  '#e0e2fa',
  '#c3c7f4',
  '#a3a9ee',
  '#858ce6',
  '#6a72dc',
  '#545cd0',
  '#454cb8',
  '#3a409b',
  '#2f347c',
];

const slate: MantineColorsTuple = [
  '#dfe2e8',
  '#c2c7d0',
  '#9aa1ad',
  '#6d7480',
  '#434954',
  '#2b3038',
  '#22262d',
  '#191c22',
  '#131519',
  '#0d0f12',
];

const sans =
  'ui-sans-serif, system-ui, -apple-system, "Segoe UI Variable Text", "Segoe UI", Inter, Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const mono =
  'ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** The look of the app: small type, quiet greys, one accent. System fonts only, so that nothing is fetched. */
export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: 6,
  colors: { iris, dark: slate },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: { fontFamily: sans, fontWeight: '600' },
  defaultRadius: 'sm',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    // Its options would be drawn, and laid out with each change of the page, while nobody sees them.
    Autocomplete: { defaultProps: { comboboxProps: { keepMounted: false } } },
    MultiSelect: { defaultProps: { comboboxProps: { keepMounted: false } } },
    TextInput: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'sm' } },
    Badge: {
      defaultProps: { variant: 'light', size: 'sm', radius: 'xs' },
      styles: { root: { textTransform: 'none', fontWeight: 500 } },
    },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true, fz: 'xs' } },
    Notification: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' } },
      styles: { description: { color: 'var(--mantine-color-dimmed)' } },
    },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.4 },
        // The document never scrolls; to lock it would style all of the page anew.
        lockScroll: false,
      },
      styles: { title: { fontWeight: 600, fontSize: '1rem' } },
    },
    Chip: {
      defaultProps: { size: 'xs', radius: 'sm' },
      vars: () => ({
        root: {
          '--chip-fz': '0.6875rem',
          '--chip-padding': '9px',
          '--chip-checked-padding': '6px',
          '--chip-icon-size': '9px',
          '--chip-spacing': '4px',
        },
      }),
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'sm' } },
  },
});

/** Colours that both schemes name alike; the dimmed ones keep 4.5:1 on every surface. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--row': '30px' },
  light: {
    '--mantine-color-dimmed': '#59606c',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-error': '#c2293a',
    '--mantine-color-yellow-light-color': '#8f5a00',
    '--mantine-color-teal-light-color': '#076b4d',
    '--surface': '#ffffff',
    '--surface-side': '#f6f7f9',
    '--surface-raised': '#fafbfc',
    '--surface-hover': '#edeff3',
    '--surface-active': '#e4e6fa',
    '--line': '#e3e6ea',
    '--ink-strong': '#16181d',
    '--ok': '#1a7f4b',
    '--warn': '#8f5a00',
    '--bad': '#c2293a',
    '--accent': '#454cb8',
    '--syntax-key': '#454cb8',
    '--syntax-string': '#0b6e4f',
    '--syntax-number': '#9a3d00',
    '--syntax-name': '#8a2a86',
  },
  dark: {
    '--mantine-color-dimmed': '#9aa1ad',
    '--mantine-color-placeholder': '#868d99',
    '--mantine-color-error': '#ff7a85',
    '--surface': '#131519',
    '--surface-side': '#0d0f12',
    '--surface-raised': '#191c22',
    '--surface-hover': '#20242b',
    '--surface-active': '#262a4d',
    '--line': '#272b33',
    '--ink-strong': '#f2f4f7',
    '--ok': '#4cc38a',
    '--warn': '#f1a92b',
    '--bad': '#ff7a85',
    '--accent': '#a3a9ee',
    '--syntax-key': '#a3a9ee',
    '--syntax-string': '#7fd1a6',
    '--syntax-number': '#f2b37a',
    '--syntax-name': '#e3a5e0',
  },
});
