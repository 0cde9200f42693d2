import { Button, Group, Tabs } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useIsReadOnly } from '../../api/program-queries.ts';
import { Page } from '../../ui/page.tsx';
import { useUrlState } from '../../ui/url-state.ts';
import { useUrlSwitch } from '../../ui/url-switch.ts';
import { GroupsTab } from './groups-tab.tsx';
import { NewUser } from './new-user.tsx';
import { ImportPeople } from './people/import-people.tsx';
import { usePeopleTexts } from './people/strings.ts';
import { useUsersTexts } from './strings.ts';
import { UsersTab } from './users-tab.tsx';

const TABS = ['users', 'groups'] as const;

/** The users and the groups they are in. */
export function UsersPage() {
  const t = useUsersTexts();
  const [, navigate] = useLocation();
  const tab = useUrlState(['tab']).values.tab === 'groups' ? 'groups' : 'users';
  const isReadOnly = useIsReadOnly();
  const form = useUrlSwitch('new');
  const people = useUrlSwitch('import');
  const importing = usePeopleTexts();
  return (
    <Page
      title={t('title')}
      summary={t('summary')}
      actions={
        isReadOnly ? undefined : (
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
        )
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
