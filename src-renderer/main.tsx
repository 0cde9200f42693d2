import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { stringsFor } from './features/welcome/strings.ts';
import { Welcome } from './features/welcome/welcome.tsx';

const root = document.getElementById('root');
if (root !== null) {
  const { version = '', proxyUrl = '', startedAt = '' } = root.dataset;
  document.documentElement.lang = navigator.language;
  createRoot(root).render(
    <StrictMode>
      <Welcome
        strings={stringsFor(navigator.language)}
        version={version}
        proxyUrl={proxyUrl}
        since={new Date(startedAt).toLocaleString()}
      />
    </StrictMode>,
  );
}
