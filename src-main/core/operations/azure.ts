import { decodedSegment } from '../decoded-segment.ts';
import type { Operation } from '../operation.ts';
import { openaiOperation } from './openai.ts';

const AZURE_DEPLOYMENT = /^\/openai\/deployments\/([^/]+)\/(.+)$/;

/** An operation of Azure OpenAI; the deployment is its model. */
export function azureOperation(path: string): Operation {
  const deployment = AZURE_DEPLOYMENT.exec(path);
  if (deployment !== null) {
    const inner = openaiOperation(deployment[2] ?? '', path, false, '/openai/deployments/{deployment}/');
    return { ...inner, dialect: 'azure', model: decodedSegment(deployment[1] ?? '') };
  }
  const prefix = path.startsWith('/openai/v1/') ? '/openai/v1/' : '/openai/';
  return { ...openaiOperation(path.slice(prefix.length), path, false, prefix), dialect: 'azure' };
}
