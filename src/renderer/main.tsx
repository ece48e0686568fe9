import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme/global.css';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connectBridge } from './bridge/connect.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root element.');
const page = createRoot(root);
// As a transition it is drawn in slices, between which the browser goes on.
startTransition(() =>
  page.render(
    <StrictMode>
      <App bridge={connectBridge()} />
    </StrictMode>,
  ),
);
