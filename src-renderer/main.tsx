import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './ui/theme.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { Console } from './console.tsx';
import './ui/language.ts';
import { theme } from './ui/theme.ts';

const root = document.getElementById('root');
if (root !== null) {
  const { version = '', proxyUrl = '', startedAt = '' } = root.dataset;
  createRoot(root).render(
    <StrictMode>
      {/* Styles that are made at run time would stand in style elements, which the policy refuses: see theme.css. */}
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" />
          <Console facts={{ version, proxyUrl, startedAt }} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
