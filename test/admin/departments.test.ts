import { afterEach, expect, test } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument, aUser } from '../support/document-fixtures.ts';
import { openConsole } from '../support/open-console.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

test('departments are listed by name with how many users each has', async () => {
  const users = {
    a: aUser({ department: 'Sales 10' }),
    b: aUser({ department: 'Sales 9' }),
    c: aUser({ department: '技术部' }),
    d: aUser({ department: 'Sales 10', status: 'disabled' }),
    e: aUser(),
    f: aUser({ department: '' }),
    g: aUser({ department: 'constructor' }),
  };
  const admin = adminClient(await openConsole(cleanUp, { document: aDocument({ users }) }));
  expect((await admin.get('/departments')).body).toEqual({
    items: [
      { department: 'constructor', users: 1 },
      { department: 'Sales 9', users: 1 },
      { department: 'Sales 10', users: 2 },
      { department: '技术部', users: 1 },
    ],
  });
});
