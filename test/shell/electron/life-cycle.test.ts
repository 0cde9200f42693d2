import { describe, expect, it } from 'vitest';
import {
  closingMeans,
  type LifeEvent,
  nextStep,
  type Phase,
} from '../../../src-main/shell/electron/life-cycle.ts';

/** What a row of events asks for, and where it ends. */
function live(...events: readonly LifeEvent[]) {
  let phase: Phase = 'starting';
  const effects = events.flatMap((event) => {
    const step = nextStep(phase, event);
    phase = step.phase;
    return step.effects;
  });
  return { phase, effects };
}

describe('the life of the desktop program', () => {
  it.each<[string, LifeEvent[], Phase, string[]]>([
    ['shows the window once it serves', ['started'], 'running', ['show']],
    ['explains why it cannot start, and ends', ['start-failed'], 'ended', ['explain', 'exit']],
    ['drains before it ends', ['started', 'quit-asked', 'drained'], 'ended', ['show', 'drain', 'exit']],
    [
      'drains once, however often it is asked',
      ['started', 'quit-asked', 'quit-asked'],
      'draining',
      ['show', 'drain'],
    ],
    [
      'ends at once when it is forced',
      ['started', 'quit-asked', 'forced'],
      'ended',
      ['show', 'drain', 'exit'],
    ],
    [
      'waits for its start before it drains',
      ['quit-asked', 'started', 'drained'],
      'ended',
      ['drain', 'exit'],
    ],
    ['shows nothing when it fails after the wish to quit', ['quit-asked', 'start-failed'], 'ended', ['exit']],
    [
      'ends only once',
      ['started', 'quit-asked', 'forced', 'drained', 'forced'],
      'ended',
      ['show', 'drain', 'exit'],
    ],
  ])('%s', (_what, events, phase, effects) => expect(live(...events)).toEqual({ phase, effects }));
});

describe('closing the window', () => {
  it('hides it where the proxy should go on, and quits where not', () => {
    expect(closingMeans('running', true)).toBe('hide');
    expect(closingMeans('running', false)).toBe('quit');
  });

  it.each<Phase>(['leaving', 'draining', 'ended'])('simply closes it while the program is %s', (phase) =>
    expect(closingMeans(phase, true)).toBe('close'),
  );
});
