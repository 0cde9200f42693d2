import { environmentOf } from '../../../../src-main/contract/sdk-environment.ts';
import type { SnippetFacts } from './facts.ts';

const quoted = JSON.stringify;

/** DashScope's own Python SDK: one address for HTTP and one for WebSocket, which voice models speak. */
export function dashScopePython({ url, key, model }: SnippetFacts): string {
  const { DASHSCOPE_HTTP_BASE_URL: http, DASHSCOPE_WEBSOCKET_BASE_URL: webSocket } = environmentOf({
    url,
    sdk: 'dashscope',
  });
  return `import dashscope

dashscope.base_http_api_url = ${quoted(http)}
dashscope.base_websocket_api_url = ${quoted(webSocket)}
dashscope.api_key = ${quoted(key)}

answer = dashscope.Generation.call(
    model=${quoted(model)},
    messages=[{"role": "user", "content": "Hello!"}],
    result_format="message",
)
print(answer.output.choices[0].message.content)
`;
}
