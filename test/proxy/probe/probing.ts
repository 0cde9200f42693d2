import { systemClock } from '../../../src-main/adapters/system-clock.ts';
import { undiciUpstream } from '../../../src-main/adapters/upstream/client-stack.ts';
import type { ChannelProbe } from '../../../src-main/core/control-ports.ts';
import type { Clock } from '../../../src-main/core/ports.ts';
import { redactText } from '../../../src-main/core/redact.ts';
import { platformOf } from '../../../src-main/platforms/registry.ts';
import { channelProbe } from '../../../src-main/proxy/probe/channel-probe.ts';
import { Upstreams } from '../../../src-main/proxy/upstreams.ts';

/** A probe over real sockets. @param env where `env:NAME` is looked up */
export function probing(
  env: Readonly<Record<string, string>> = {},
  clock: Clock = systemClock,
): ChannelProbe {
  const upstreams = new Upstreams(undiciUpstream(clock, () => false));
  return channelProbe({ clock, env, platformOf, upstreams, mask: (text) => redactText(text) });
}
