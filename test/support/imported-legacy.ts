import { platformFacts } from '../../src-main/adapters/document/platform-facts.ts';
import { importLegacy } from '../../src-main/core/legacy-import.ts';
import { validateSections } from '../../src-main/core/validate-sections.ts';
import { PLATFORMS } from '../../src-main/platforms/registry.ts';

const facts = platformFacts(PLATFORMS);

/** What older files of these names and values become: the document, and what is said about it. */
export function imported(files: Readonly<Record<string, unknown>>) {
  const sources = Object.entries(files).map(([name, value]) => ({ name, value }));
  const { sections, issues } = importLegacy(sources, facts);
  const { document, issues: invalid } = validateSections(sections);
  return {
    document,
    messages: issues.map(({ severity, path, message }) => `${severity} ${path.join('.')}: ${message}`),
    invalid: invalid.map(({ path, message }) => `${path.join('.')}: ${message}`),
  };
}

/** A user as the older files write one. */
export const USER = {
  name: '张三',
  department: '技术部',
  proxy_key: 'pk_user1_xxx',
  status: 'active',
  channels: ['aliyun'],
};
