import { useRouteId } from '../../ui/route-id.ts';
import { UserPage } from './user-page.tsx';
import { UsersPage } from './users-page.tsx';

/** All users and groups, or one user. */
export default function UsersScreen() {
  const id = useRouteId();
  return id === undefined ? <UsersPage /> : <UserPage key={id} id={id} />;
}
