import { networkInterfaces } from 'node:os';
import { isLoopbackAddress, plainAddress } from '../core/client-address.ts';

/** Whether an address belongs to this computer. */
export function isOwnAddress(address: string): boolean {
  const plain = plainAddress(address);
  if (isLoopbackAddress(plain) || plain === '0.0.0.0' || plain === '::') return true;
  return Object.values(networkInterfaces()).some(
    (own) => own?.some((entry) => entry.address === plain) === true,
  );
}
