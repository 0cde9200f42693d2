import { Button, Group, Tabs } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { notifyDone } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { useUrlSwitch } from '../../ui/url-switch.ts';
import { useFormTexts } from './form-strings.ts';
import { GroupsTab } from './groups-tab.tsx';
import { ImportPeople } from './people/import-people.tsx';
import { usePeopleTexts } from './people/strings.ts';
import { useUsersTexts } from './strings.ts';
import { UserDrawer } from './user-drawer.tsx';
import { UsersTab } from './users-tab.tsx';

const TABS = ['users', 'groups'] as const;

function NewUser({ onClose }: { readonly onClose: () => void }) {
  const t = useFormTexts();
  const [, navigate] = useLocation();
  return (
    <UserDrawer
      stored={null}
      onSaved={({ record }) => {
        notifyDone(t('createdUser', { name: titleOf(record) }));
        // A step back leads to the list, not into the form again.
        navigate(`/users/${encodeURIComponent(record.id)}`, { replace: true });
      }}
      onClose={onClose}
      onReload={onClose}
    />
  );
}

/** The users and the groups they are in. */
export function UsersPage() {
  const t = useUsersTexts();
  const [, navigate] = useLocation();
  const tab = useUrlState(['tab']).values.tab === 'groups' ? 'groups' : 'users';
  const form = useUrlSwitch('new');
  const people = useUrlSwitch('import');
  const importing = usePeopleTexts();
  return (
    <Page
      title={t('title')}
      summary={t('summary')}
      actions={
        <Group gap="xs">
          {tab === 'users' && (
            <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={people.open}>
              {importing('open')}
            </Button>
          )}
          <Button leftSection={<IconPlus size={16} />} onClick={form.open}>
            {t(tab === 'users' ? 'newUser' : 'newGroup')}
          </Button>
        </Group>
      }
    >
      <Tabs
        value={tab}
        // The filters of one list are none of the other's.
        onChange={(next) => navigate(next === 'groups' ? '/users?tab=groups' : '/users')}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(name)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="users">
          <UsersTab onNew={form.open} />
          {form.isOpen && <NewUser onClose={form.close} />}
          {people.isOpen && <ImportPeople onClose={people.close} />}
        </Tabs.Panel>
        <Tabs.Panel value="groups">
          <GroupsTab form={form} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
