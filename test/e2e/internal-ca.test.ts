import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { startProgram } from '../support/start-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { writeDocument } from '../support/write-document.ts';

const cleanUp = createCleanUp();
afterAll(cleanUp.run);

describe('a platform whose certificate a company signed itself', () => {
  it('is reached once NODE_EXTRA_CA_CERTS names the authority', async () => {
    const authority = selfSigned('localhost');
    const platform = cleanUp.closing(await startOpenAi({ tls: authority }));
    const folder = await tempFolder();
    cleanUp.add(() => folder.remove());
    const file = join(folder.path, 'company-ca.pem');
    await writeFile(file, authority.cert);
    const document = aDocument({
      users: { ann: aUser() },
      proxy_keys: { key: aKey('ann', 'pk-of-ann') },
      channels: { inside: aChannel('openai', platform.url, platform.apiKey) },
    });
    await writeDocument(folder.path, document);
    const statusWith = async (env: Readonly<Record<string, string>>): Promise<number> => {
      const program = await startProgram(folder.path, [], env);
      const headers = { authorization: 'Bearer pk-of-ann' };
      const answer = await fetch(`${program.ready.proxy}/v1/models`, { headers });
      await answer.arrayBuffer();
      await program.close();
      return answer.status;
    };
    expect([await statusWith({}), await statusWith({ NODE_EXTRA_CA_CERTS: file })]).toEqual([502, 200]);
  });
});
