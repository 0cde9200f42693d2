import type { SnippetFacts } from './facts.ts';

const quoted = JSON.stringify;

/** npm `@google/genai` puts `/v1beta` behind its base URL. */
export const geminiJavaScript = ({ url, key, model }: SnippetFacts): string =>
  `import { GoogleGenAI } from '@google/genai';

const client = new GoogleGenAI({
  apiKey: ${quoted(key)},
  httpOptions: { baseUrl: ${quoted(url)} },
});
const answer = await client.models.generateContent({
  model: ${quoted(model)},
  contents: 'Hello!',
});
console.log(answer.text);
`;

/** The same with `google-genai` for Python. */
export const geminiPython = ({ url, key, model }: SnippetFacts): string =>
  `from google import genai
from google.genai import types

client = genai.Client(
    api_key=${quoted(key)},
    http_options=types.HttpOptions(base_url=${quoted(url)}),
)
answer = client.models.generate_content(
    model=${quoted(model)},
    contents="Hello!",
)
print(answer.text)
`;
