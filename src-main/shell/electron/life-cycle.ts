/** Where the program is in its life. `leaving`: it was asked to quit before its start was done. */
export type Phase = 'starting' | 'leaving' | 'running' | 'draining' | 'ended';

/** What happens to it. `forced`: the second wish to quit, or a signal that does not wait. */
export type LifeEvent = 'started' | 'start-failed' | 'quit-asked' | 'drained' | 'forced';

/** What is to be done about it. */
export type LifeEffect = 'show' | 'explain' | 'drain' | 'exit';

interface Step {
  readonly phase: Phase;
  readonly effects: readonly LifeEffect[];
}

const step = (phase: Phase, ...effects: readonly LifeEffect[]): Step => ({ phase, effects });

const STEPS: Readonly<Record<Phase, Partial<Readonly<Record<LifeEvent, Step>>>>> = {
  starting: {
    started: step('running', 'show'),
    'start-failed': step('ended', 'explain', 'exit'),
    'quit-asked': step('leaving'),
    forced: step('ended', 'exit'),
  },
  leaving: {
    started: step('draining', 'drain'),
    'start-failed': step('ended', 'exit'),
    forced: step('ended', 'exit'),
  },
  running: {
    'quit-asked': step('draining', 'drain'),
    forced: step('ended', 'exit'),
  },
  draining: {
    drained: step('ended', 'exit'),
    forced: step('ended', 'exit'),
  },
  ended: {},
};

/** The next phase and what it asks for; an event that means nothing now changes nothing. */
export function nextStep(phase: Phase, event: LifeEvent): Step {
  return STEPS[phase][event] ?? step(phase);
}

/** What closing the window means: it goes out of sight, or the program ends, or (while it ends) simply closes. */
export function closingMeans(phase: Phase, keepRunning: boolean): 'hide' | 'quit' | 'close' {
  if (phase === 'draining' || phase === 'ended' || phase === 'leaving') return 'close';
  return keepRunning ? 'hide' : 'quit';
}
