/**
 * Whether a kernel function is where an interrupt or a fault enters it. What stands under it in a stack was interrupted: its address is where
 * the processor was, no return address. (`arch/x86/entry/entry_64.S` and `arch/arm64/kernel/entry.S` in the Linux source, with the names
 * of x86 before 5.8 and arm64 before 5.13.)
 */
export function isInterruptEntry(name: string): boolean {
  return ENTRY.test(name);
}

const ENTRY = new RegExp(
  `^(?:${[
    'asm_(?:exc|sysvec)_\\w+',
    'asm_(?:common|spurious)_interrupt',
    'asm_fred_entrypoint_kernel',
    'ret_from_intr',
    '(?:apic_timer|reschedule|call_function|call_function_single|irq_work|thermal|threshold)_interrupt',
    '(?:async_)?page_fault',
    'el1h?_(?:64_)?(?:irq|fiq|sync|error)',
  ].join('|')})$`,
);
