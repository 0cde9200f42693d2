import { useRouteId } from '../../ui/route-id.ts';
import { KeyList } from './key-list.tsx';
import { KeyPage } from './key-page.tsx';

/** Proxy-Keys: all of them, or one. */
export default function KeysScreen() {
  const id = useRouteId();
  return id === undefined ? <KeyList /> : <KeyPage key={id} id={id} />;
}
