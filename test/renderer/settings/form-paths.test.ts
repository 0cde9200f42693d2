import { describe, expect, test } from 'vitest';
import {
  fieldPaths,
  placedIssues,
  withoutEmpty,
} from '../../../src-renderer/features/settings/form-paths.ts';

const VALUES = {
  proxy: { host: '', port: 8001, tls: { cert: '', key: '' } },
  internal_allow: { stats: undefined, dashboard: [] },
  log_level: '',
};

describe('the fields of a form', () => {
  test('are named by their paths; a list is one of them', () => {
    expect(fieldPaths(VALUES)).toEqual([
      'proxy.host',
      'proxy.port',
      'proxy.tls.cert',
      'proxy.tls.key',
      'internal_allow.stats',
      'internal_allow.dashboard',
      'log_level',
    ]);
  });

  test.each([
    ['proxy.port', 'proxy.port'],
    ['proxy.tls', 'proxy.tls.cert'],
    ['internal_allow.dashboard.0', 'internal_allow.dashboard'],
    ['proxy', 'proxy.host'],
  ])('take a refusal of %s at %s', (path, field) => {
    const placed = placedIssues([{ path, message: 'no' }], fieldPaths(VALUES));
    expect(placed).toEqual({ errors: { [field]: 'no' }, elsewhere: [] });
  });

  test('give back what none of them is about, and keep the first word', () => {
    const issues = [
      { path: 'console.port', message: 'no' },
      { path: 'proxy.ports', message: 'no' },
      { path: 'log_level', message: 'first' },
      { path: 'log_level', message: 'second' },
    ];
    expect(placedIssues(issues, fieldPaths(VALUES))).toEqual({
      errors: { log_level: 'first' },
      elsewhere: issues.slice(0, 2),
    });
  });

  test('are left out of the document where they are empty; groups that others share stay', () => {
    expect(withoutEmpty(VALUES)).toEqual({ proxy: { port: 8001 }, internal_allow: { dashboard: [] } });
    expect(withoutEmpty({ proxy: { host: '' } })).toEqual({ proxy: {} });
  });
});
