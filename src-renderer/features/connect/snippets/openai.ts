import type { SnippetFacts } from './facts.ts';

// JSON's strings are strings of Python and JavaScript too.
const quoted = JSON.stringify;

/** npm `openai` takes its address and key where the client is made. */
export const openAiJavaScript = ({ url, key, model }: SnippetFacts): string =>
  `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: ${quoted(`${url}/v1`)},
  apiKey: ${quoted(key)},
});
const answer = await client.chat.completions.create({
  model: ${quoted(model)},
  messages: [{ role: 'user', content: 'Hello!' }],
});
console.log(answer.choices[0].message.content);
`;

/** The same with the Python package. */
export const openAiPython = ({ url, key, model }: SnippetFacts): string =>
  `from openai import OpenAI

client = OpenAI(
    base_url=${quoted(`${url}/v1`)},
    api_key=${quoted(key)},
)
answer = client.chat.completions.create(
    model=${quoted(model)},
    messages=[{"role": "user", "content": "Hello!"}],
)
print(answer.choices[0].message.content)
`;
