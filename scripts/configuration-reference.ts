// Writes docs/configuration.schema.json and the pages docs/configuration.md and docs/configuration.zh-CN.md from the
// contract and from what scripts/reference/ says about its members: `npm run reference`. A test fails when they are stale.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Language, page } from './reference/page.ts';
import { editorSchema } from './reference/schema.ts';

const ENGLISH: Language = {
  at: 0,
  title: 'Configuration reference',
  intro: `Every member of the configuration, made from the contract (\`npm run reference\`). [中文](configuration.zh-CN.md)

Editors complete and check files with [configuration.schema.json](configuration.schema.json). In YAML write this as the
first line, in JSON a member \`"$schema"\` with the same path:

\`\`\`yaml
# yaml-language-server: $schema=./docs/configuration.schema.json
\`\`\`

A file may hold any of the sections. Unknown members are kept and warned about; those that begin with \`_\` are comments.
Where \`env:NAME\` is allowed, the environment variable of AIProxy is meant.`,
  head: ['member', 'type', 'default', 'meaning', 'example'],
  limits:
    'What stands in each `limits` and in `system.rate_limit`. Read and kept; they have no effect in this version.',
  required: 'required',
};

const CHINESE: Language = {
  at: 1,
  title: '配置参考',
  intro: `配置的全部成员，由约定生成（\`npm run reference\`）。[English](configuration.md)

编辑器可以用 [configuration.schema.json](configuration.schema.json) 补全和检查文件。YAML 文件第一行写如下注释；JSON 文件写成员 \`"$schema"\`，值为同一路径：

\`\`\`yaml
# yaml-language-server: $schema=./docs/configuration.schema.json
\`\`\`

一个文件可以只含部分小节。未知成员会保留并警告；以 \`_\` 开头的是注释。允许写 \`env:NAME\` 的地方，指 AIProxy 的环境变量。`,
  head: ['成员', '类型', '默认值', '含义', '示例'],
  limits: '各处 `limits` 和 `system.rate_limit` 中的内容。会读取并保留；本版本中不起作用。',
  required: '必填',
};

/** The files of the reference and what they hold. */
export function reference(): Readonly<Record<string, string>> {
  return {
    'docs/configuration.md': page(ENGLISH),
    'docs/configuration.zh-CN.md': page(CHINESE),
    'docs/configuration.schema.json': `${JSON.stringify(editorSchema(), null, 2)}\n`,
  };
}

if (process.argv[1] === import.meta.filename) {
  for (const [path, text] of Object.entries(reference()))
    writeFileSync(join(import.meta.dirname, '..', path), text);
}
