import type { Form, Tool } from './snippet.ts';

const PACKAGES: Readonly<Partial<Record<Tool, Readonly<Partial<Record<Form, string>>>>>> = {
  openai: { python: 'pip install openai', javascript: 'npm install openai' },
  anthropic: { python: 'pip install anthropic', javascript: 'npm install @anthropic-ai/sdk' },
  gemini: { python: 'pip install google-genai', javascript: 'npm install @google/genai' },
  dashscope: { python: 'pip install dashscope' },
};

/** How the SDK of a snippet is installed; `null` where there is nothing to install. */
export const installOf = (tool: Tool, form: Form): string | null => PACKAGES[tool]?.[form] ?? null;
