import { describe, expect, it } from 'vitest';
import { envNameOf, resolveEnv } from '../../src-main/core/secret-reference.ts';

const env = { OPENAI_KEY: 'the-key', EMPTY: '' };

describe('env:NAME', () => {
  it('stands for the variable, and for nothing where that is unset or empty', () => {
    expect(resolveEnv('env:OPENAI_KEY', env)).toBe('the-key');
    expect(resolveEnv('env:MISSING', env)).toBeNull();
    expect(resolveEnv('env:EMPTY', env)).toBeNull();
    expect(envNameOf('env:OPENAI_KEY')).toBe('OPENAI_KEY');
  });

  it.each(['the-key', 'env:', 'env:1A', 'env:A-B', ' env:A', 'ENV:A', ''])('is not meant by %j', (value) => {
    expect(resolveEnv(value, env)).toBe(value);
    expect(envNameOf(value)).toBeNull();
  });
});
