/** The wire language of a request or of a platform. */
export type Dialect = 'openai' | 'anthropic' | 'gemini' | 'dashscope' | 'azure' | 'raw';
