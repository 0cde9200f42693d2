import { describe, expect, test } from 'vitest';
import { errorAt, errorsBelow, refusedFields } from '../../../src-renderer/ui/field-errors.ts';

const errors = { name: 'too long', 'ip_allowlist.2': 'no address', 'limits.quota.0.tokens': 'too few' };

describe('errors of fields', () => {
  test('stand at a field whose entry is wrong', () => {
    expect(errorAt(errors, 'ip_allowlist')).toBe('no address');
    expect(errorAt(errors, 'name')).toBe('too long');
    expect(errorAt(errors, 'ip')).toBe(undefined);
  });

  test('are known to a part by the path below it', () => {
    expect(errorsBelow(errors, 'limits')).toEqual({ 'quota.0.tokens': 'too few' });
    expect(errorsBelow(errors, 'name')).toEqual({});
  });

  test('are told apart by whether the form has a field for them', () => {
    const issues = [
      { path: 'channels.0', message: 'unknown channel' },
      { path: 'channelsX', message: 'unknown member' },
    ];
    expect(refusedFields(issues, ['name', 'channels'])).toEqual({
      errors: { 'channels.0': 'unknown channel' },
      elsewhere: [issues[1]],
    });
  });
});
