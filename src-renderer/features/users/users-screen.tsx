import { useParams } from 'wouter';
import { UserPage } from './user-page.tsx';
import { UsersPage } from './users-page.tsx';

/** All users and groups, or one user. */
export default function UsersScreen() {
  const { id } = useParams<{ id?: string }>();
  return id === undefined ? <UsersPage /> : <UserPage key={id} id={id} />;
}
