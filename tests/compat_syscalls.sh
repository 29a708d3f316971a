#!/bin/sh
# compat_syscalls.sh - a message that stays in its thread makes no system
# call, and a burst of messages wakes another thread once; seen by strace.

. "${top_srcdir:-.}/tests/support/tap.sh"

program=$builddir/tests/compat_syscalls

command -v strace >/dev/null 2>&1 || skip_all 'strace is not installed'
grep -qE '^WSN_(CFLAGS|CPPFLAGS) = .*-fsanitize' "$builddir/Makefile" &&
    skip_all 'a sanitizer makes calls of its own'

# Where strace is installed it must be permitted as well: a machine that
# forbids it would otherwise test nothing and look good.
strace -o "$work/true" true >"$work/output" 2>&1
report $? 'strace may trace (otherwise permit ptrace)'
[ ! -s "$work/output" ] || explain "$work/output"

# trace WHAT - the calls of the thread of main between "begin" and "end", into
# WHAT.calls; fails when they are not both there.
trace()
{
    : >"$work/$1.calls"
    strace -f -o "$work/trace" "$program" "$1" >"$work/output" 2>&1 || {
        explain "$work/output"
        return 1
    }
    awk '/write\(1, "end/ && $1 == thread { ended = 1; exit }
         thread != "" && $1 == thread
         /write\(1, "begin/ { thread = $1 }
         END { exit !ended }' "$work/trace" >"$work/$1.calls"
}

trace alone
report $? 'messages within a thread are traced'
report_empty "$work/alone.calls" 'they make no system call'

# A thread that is in the way for a moment may be waited for.
for what in asleep polled; do
    trace $what
    report $? "a burst for another thread is traced, $what"
    [ "$(grep -c ' write(' "$work/$what.calls")" -eq 1 ]
    report $? "it wakes the thread once, $what"
    grep -vE ' (write|futex|sched_yield)\(|resumed>|^[0-9]+ ---' \
        "$work/$what.calls" >"$work/others"
    report_empty "$work/others" "it makes no other calls, $what"
done

finish
