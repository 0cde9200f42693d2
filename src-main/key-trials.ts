import { ownProxy } from './adapters/own-proxy.ts';
import { readTlsFiles } from './adapters/tls-files.ts';
import { heldKey, reachableChannels } from './core/trial/reachable-channels.ts';
import { runTrial } from './core/trial/run-trial.ts';
import type { KeyTrials } from './core/trial/trial-ports.ts';
import { trialRequest } from './core/trial/trial-request.ts';
import type { Gateway } from './proxy/gateway.ts';

/** Test requests through the gateway's own listener. @param proxyUrl where that is */
export function keyTrials(gateway: Gateway, proxyUrl: () => string): KeyTrials {
  const { feed, clock } = gateway;
  const certificate = (): Buffer | null => {
    const tls = gateway.snapshot.system.proxy?.tls;
    return tls === undefined ? null : readTlsFiles(tls).cert;
  };
  const send = ownProxy({ url: proxyUrl, certificate });
  return {
    channelsOf(keyId) {
      const held = heldKey(gateway.snapshot, keyId);
      return held === null ? null : reachableChannels(held.identity);
    },
    ask(keyId, question, signal) {
      const { snapshot } = gateway;
      const held = heldKey(snapshot, keyId);
      if (held === null) return null;
      const platform = snapshot.channels.get(question.channel ?? '')?.platform ?? null;
      const request = trialRequest(held.secret, question, platform);
      return runTrial({ keyId, request, send, feed, clock, signal });
    },
  };
}
