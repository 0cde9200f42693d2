import type { SnippetFacts } from './facts.ts';

const quoted = JSON.stringify;

/** npm `@anthropic-ai/sdk` puts `/v1/messages` behind its base URL. */
export const anthropicJavaScript = ({ url, key, model }: SnippetFacts): string =>
  `import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic({
  baseURL: ${quoted(url)},
  apiKey: ${quoted(key)},
});
const message = await client.messages.create({
  model: ${quoted(model)},
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Hello!' }],
});
console.log(message.content[0].text);
`;

/** The same with the Python package. */
export const anthropicPython = ({ url, key, model }: SnippetFacts): string =>
  `from anthropic import Anthropic

client = Anthropic(
    base_url=${quoted(url)},
    api_key=${quoted(key)},
)
message = client.messages.create(
    model=${quoted(model)},
    max_tokens=100,
    messages=[{"role": "user", "content": "Hello!"}],
)
print(message.content[0].text)
`;
