import type { HandedKey } from '../../core/people/people-changes.ts';
import { inertText } from '../../core/usage-export/export-row.ts';

/**
 * The list to hand out, as CSV (RFC 4180) that opens in spreadsheets and runs no formula there. It holds keys: it is
 * made once, and stored nowhere.
 * @param proxyUrl where people reach the proxy
 */
export async function handOutCsv(handed: readonly HandedKey[], proxyUrl: string): Promise<string> {
  // Needed rarely.
  const { stringify } = await import('csv-stringify/sync');
  return stringify(
    handed.map(({ name, email, department, key }) => ({
      name: inertText(name),
      email: inertText(email),
      department: inertText(department),
      key,
      base_url: proxyUrl,
      openai_base_url: `${proxyUrl}/v1`,
    })),
    {
      bom: true,
      header: true,
      columns: ['name', 'email', 'department', 'key', 'base_url', 'openai_base_url'],
      record_delimiter: 'windows',
      quoted_match: /[\r\n]/,
    },
  );
}
