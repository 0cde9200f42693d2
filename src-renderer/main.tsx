import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Console } from './console.tsx';

const root = document.getElementById('root');
if (root !== null) {
  const { version = '', proxyUrl = '', startedAt = '' } = root.dataset;
  const since = new Date(startedAt).toLocaleString(navigator.language);
  document.documentElement.lang = navigator.language;
  createRoot(root).render(
    <StrictMode>
      <Console language={navigator.language} version={version} proxyUrl={proxyUrl} since={since} />
    </StrictMode>,
  );
}
