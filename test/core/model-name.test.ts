import { describe, expect, it } from 'vitest';
import { modelNameBack } from '../../src-main/core/model-name.ts';

const renamed = (text: string, mapped = 'qwen-max', asked = 'gpt-4'): string =>
  Buffer.from(modelNameBack(mapped, asked)(Buffer.from(text))).toString();

describe("the model's name on its way back", () => {
  it.each([
    ['{"model":"qwen-max"}', '{"model":"gpt-4"}'],
    ['{"model" : "qwen-max","x":1}', '{"model":"gpt-4","x":1}'],
    ['{"model":"qwen-max-2025-01-25"}', '{"model":"gpt-4"}'],
    [
      '{"type":"message_start","message":{"model":"qwen-max"}}',
      '{"type":"message_start","message":{"model":"gpt-4"}}',
    ],
    ['data: {"model":"qwen-max"}\n\n', 'data: {"model":"gpt-4"}\n\n'],
  ])('becomes what the client asked for: %s', (before, after) => expect(renamed(before)).toBe(after));

  it.each([
    ['another model', '{"model":"qwen-plus"}'],
    ['one that only begins like it', '{"model":"qwen-max2"}'],
    ['no model', '{"x":"qwen-max"}'],
    ['text that a model wrote', JSON.stringify({ content: 'it says {"model":"qwen-max"}' })],
    ['a member of another name', '{"my_model":"qwen-max"}'],
    ['bytes that are no text', '\u0000\u0001"model"'],
  ])('stays as it is where there is %s', (_, text) => {
    const bytes = Buffer.from(text);
    expect(modelNameBack('qwen-max', 'gpt-4')(bytes)).toBe(bytes);
  });

  it('is written as JSON, whatever the client called it', () => {
    expect(JSON.parse(renamed('{"model":"qwen-max"}', 'qwen-max', 'a"b\\$&'))).toEqual({ model: 'a"b\\$&' });
  });
});
