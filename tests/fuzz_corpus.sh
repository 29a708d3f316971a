#!/bin/sh
# fuzz_corpus.sh - what fuzzing has found once is never found again: every
# input in fuzz/corpus goes to its target, one program for each target.
# $LOG_COMPILER: what runs the programs of another kind of machine.

. "${top_srcdir:-.}/tests/support/tap.sh"

for target in "$builddir"/fuzz/fuzz_*[!.o]; do
    [ -f "$target" ] && [ -x "$target" ] || continue
    name=${target##*/fuzz_}
    set -- "$srcdir/fuzz/corpus/$name"/*
    check "$name, $# inputs" ${LOG_COMPILER-} "$target" "$@"
done

[ $cases -gt 0 ]
report $? 'there are targets'
finish
