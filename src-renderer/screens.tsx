import { Center, Loader } from '@mantine/core';
import { type ComponentType, lazy, Suspense } from 'react';
import { Route, Switch, useLocation, useSearch } from 'wouter';
import { ScreenGuard } from './frame/screen-guard.tsx';

/** Each screen is loaded when it is first shown. */
const SCREENS: Readonly<Record<string, ComponentType>> = {
  '/': lazy(() => import('./features/overview/overview-screen.tsx')),
  '/users/:id?': lazy(() => import('./features/users/users-screen.tsx')),
  '/keys/:id?': lazy(() => import('./features/keys/keys-screen.tsx')),
  '/channels/:id?': lazy(() => import('./features/channels/channels-screen.tsx')),
  '/usage': lazy(() => import('./features/usage/usage-screen.tsx')),
  '/requests/:id?': lazy(() => import('./features/requests/requests-screen.tsx')),
  '/audit': lazy(() => import('./features/audit/audit-screen.tsx')),
  '/connect': lazy(() => import('./features/connect/connect-screen.tsx')),
  '/settings': lazy(() => import('./features/settings/settings-screen.tsx')),
  '/welcome': lazy(() => import('./features/welcome/welcome-screen.tsx')),
};
const NotFound = lazy(() => import('./frame/not-found.tsx'));

/** The screen that the address names. */
export function Screens() {
  const [path] = useLocation();
  const place = `${path}?${useSearch()}`;
  const waiting = (
    <Center h="60vh">
      <Loader />
    </Center>
  );
  return (
    <ScreenGuard place={place}>
      <Suspense fallback={waiting}>
        <Switch>
          {Object.entries(SCREENS).map(([path, Screen]) => (
            <Route key={path} path={path}>
              <Screen />
            </Route>
          ))}
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </ScreenGuard>
  );
}
