import { type ChaosEvent, isProviderKind, type ProviderKind } from './events.ts';

const DEEDS: Readonly<Record<ProviderKind, string>> = {
  'provider-busy': '{ busy: { retry_after: 1 } }',
  'provider-reset': 'reset',
  'provider-hang': 'hang',
  'provider-truncate': '{ truncate: { dropped: true } }',
  'provider-outage': 'outage',
};

/** How many requests at most; a hanging one holds up a worker until its time is out. */
const TIMES: Partial<Record<ProviderKind, number>> = { 'provider-hang': 4 };

/** The provider's part of what is going to happen, as rules of its script. */
export function providerRules(events: readonly ChaosEvent[]): readonly string[] {
  return events.flatMap(({ kind, atSecond, lastsMs }) => {
    if (!isProviderKind(kind)) return [];
    const times = TIMES[kind] === undefined ? '' : `, times: ${TIMES[kind]}`;
    const till = (atSecond + lastsMs / 1000).toFixed(3);
    return [
      `{ when: { from_second: ${atSecond.toFixed(3)}, to_second: ${till}${times} }, do: ${DEEDS[kind]} }`,
    ];
  });
}
