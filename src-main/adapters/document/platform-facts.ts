export { platformFacts } from '../../core/platform-facts.ts';
