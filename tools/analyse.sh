# analyse.sh - ./setup analyse: what the static analysers say of the library.
# Read by setup, whose functions it uses.
#
# Those analysers run that are installed.  Every finding counts; one that is
# wrong is answered beside its line, with the reason.

analyse_flags='-std=c11 -D_POSIX_C_SOURCE=200809L -DWSN_INTERNAL -DHAVE_CONFIG_H
    -Ibuild -Ilib -Iinclude -Icompat'

analyse_sources()
{
    find lib compat -name '*.c' | LC_ALL=C sort
}

# analyser NAME PROGRAM FUNCTION - runs it if it is there, counts its findings.
analyser()
{
    if ! command -v "$2" >/dev/null 2>&1; then
        echo "$1 is not installed"
        skipped=$((skipped + 1))
        return
    fi
    step "$1" "analyse-$2" "$3" || :
    grep -E '(warning|error|style|performance|portability): ' "$step_log" |
        sort -u >"$step_log.found"
    findings=$(wc -l <"$step_log.found")
    if [ "$findings" -eq 0 ] && [ "$step_status" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        cat "$step_log.found"
        echo "The whole story is in $step_log."
    fi
}

analyse_gcc()
{
    for source in $(analyse_sources); do
        gcc -O2 -fanalyzer $analyse_flags -c -o /dev/null "$source" || return 1
    done
}

# Strings and standard calls that bounds-checking variants would replace are
# C11's optional annex K, which no POSIX system has.
analyse_tidy()
{
    clang-tidy --quiet --warnings-as-errors='*' --checks='-*,bugprone-*,cert-*,clang-analyzer-*,-bugprone-easily-swappable-parameters,-bugprone-reserved-identifier,-cert-dcl37-c,-cert-dcl51-cpp,-bugprone-assignment-in-if-condition,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling' \
        $(analyse_sources) -- $analyse_flags
}

analyse_cppcheck()
{
    cppcheck --quiet --std=c11 --enable=warning,performance,portability \
        --inline-suppr --error-exitcode=1 --suppress=missingInclude \
        -DHAVE_CONFIG_H -DWSN_INTERNAL -D__GNUC__ -DUINT_MAX=4294967295U \
        -Ibuild -Ilib -Iinclude \
        -Icompat lib compat
}

analyse_scan()
{
    for source in $(analyse_sources); do
        clang --analyze -Xclang -analyzer-werror $analyse_flags -o /dev/null \
            "$source" || return 1
    done
}

analyse()
{
    trap say_count EXIT
    build
    analyser 'gcc -fanalyzer' gcc analyse_gcc
    analyser 'The analyser of clang' clang analyse_scan
    analyser 'clang-tidy' clang-tidy analyse_tidy
    analyser 'cppcheck' cppcheck analyse_cppcheck
    [ $failed -eq 0 ]
}
