import { describe, expect, it } from 'vitest';
import { modelMatcher } from '../../src-main/core/model-glob.ts';

describe('a list of model globs', () => {
  it.each([
    [['gpt-4o'], 'gpt-4o', true],
    [['gpt-4o'], 'gpt-4o-mini', false],
    [['gpt-*'], 'gpt-4o', true],
    [['gpt-*'], 'gpt-', true],
    [['gpt-*'], 'xgpt-4o', false],
    [['*-mini'], 'gpt-4o-mini', true],
    [['*-mini'], 'gpt-4o-mini-2', false],
    [['a*b*c'], 'a--b--c', true],
    [['a*b*c'], 'acb', false],
    [['*'], 'anything', true],
    [['a.c'], 'abc', false],
    [['a+(b)[c]'], 'a+(b)[c]', true],
    [['a*'], 'a\nb', true],
    [['x', 'y*'], 'y2', true],
    [['x', 'y*'], 'x', true],
    [['GPT-*'], 'gpt-4', false],
    [['claude-*', 'gpt-*'], 'gemini', false],
  ])('%j takes %s: %s', (globs, model, taken) => {
    expect(modelMatcher(globs)?.(model)).toBe(taken);
  });

  it('restricts nothing where it is missing or empty', () => {
    expect([modelMatcher(undefined), modelMatcher([])]).toEqual([null, null]);
  });
});
