/** How people came to look at an answer, without any text: for the levels at which none leaves. */
import type { Oversight } from '../review/schema.ts';

/** Why a draft passed the gate, who agreed and why a person was asked are left out; that it was so, stays. */
export function bareOversight({ approver: _, gate, asked, ...rest }: Oversight): Oversight {
  return {
    ...rest,
    ...(gate && { gate: { ...gate, reason: null } }),
    ...(asked && { asked: { ...asked, reasons: [] } }),
  };
}

/** The texts that `bareOversight` takes out, by their shapes. */
export function oversightTakenOut({ approver, gate, asked }: Oversight = {}): string[] {
  return [
    ...(gate?.reason ? ['oversight.gate.reason'] : []),
    ...(approver ? ['oversight.approver'] : []),
    ...(asked && asked.reasons.length > 0 ? ['oversight.asked.reasons'] : []),
  ];
}
