import { isObject, type JsonObject, stringOf } from './request-json.ts';

/** What a model asks its client to run. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** As JSON, in the pieces of a stream. */
  readonly argumentPieces: readonly string[];
}

const objectsIn = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** A call of the first tool that was offered; `null` without one, or where a result is there already. */
function firstTool(names: readonly string[], hasResult: boolean, prompt: string): ToolCall | null {
  const [name] = names;
  if (name === undefined || hasResult) return null;
  return {
    id: 'call_stand_in',
    name,
    argumentPieces: ['{"words":', String(prompt.split(/\s+/).length), '}'],
  };
}

/** The call in OpenAI's chat, and in DashScope's: `tools` of functions, results in messages of the role `tool`. */
export function chatToolCall(tools: unknown, messages: unknown, prompt: string): ToolCall | null {
  const names = objectsIn(tools).flatMap((tool) =>
    isObject(tool.function) ? [stringOf(tool.function, 'name')] : [],
  );
  return firstTool(
    names,
    objectsIn(messages).some(({ role }) => role === 'tool'),
    prompt,
  );
}

/** The call in Anthropic's messages: results are content blocks. */
export function messagesToolCall({ tools, messages }: JsonObject, prompt: string): ToolCall | null {
  const blocks = objectsIn(messages).flatMap(({ content }) => objectsIn(content));
  return firstTool(
    objectsIn(tools).map((tool) => stringOf(tool, 'name')),
    blocks.some(({ type }) => type === 'tool_result'),
    prompt,
  );
}

/** The call in Gemini's contents: results are parts. */
export function geminiToolCall({ tools, contents }: JsonObject, prompt: string): ToolCall | null {
  const declared = objectsIn(tools).flatMap((tool) => objectsIn(tool.functionDeclarations));
  const parts = objectsIn(contents).flatMap(({ parts: inner }) => objectsIn(inner));
  return firstTool(
    declared.map((tool) => stringOf(tool, 'name')),
    parts.some(({ functionResponse }) => isObject(functionResponse)),
    prompt,
  );
}

/** How OpenAI and DashScope write a call. @param piece of its arguments, or all of them */
export function functionCall({ id, name }: ToolCall, piece: string): object {
  return { index: 0, id, type: 'function', function: { name, arguments: piece } };
}
