# analyse.sh - ./setup analyse: what static analysers say of the library.  Read
# by setup, whose functions it uses.
#
# Every finding counts.  One that is wrong is answered beside its line, with the
# reason, in the words of the analyser that made it:
#
#     NOLINT(check): why             clang-tidy, whose checks .clang-tidy lists
#     cppcheck-suppress id; why      cppcheck
#
# What scan-build would do, ask clang's own analyser about each file, is done
# here without it, and for no more files than there are processors at a time.

analyse_dir=build/analyse
analyse_flags='-std=c11 -D_POSIX_C_SOURCE=200809L -DWSN_INTERNAL -DHAVE_CONFIG_H
    -Ibuild -Ilib -Iinclude -Icompat -I.'

# ---- asking about one file -------------------------------------------------

# It loses sight of blocks that are linked by a member of theirs or kept in a
# table; what leaks is found by the address sanitizer, in every test.
analyse_gcc()
{
    gcc -O2 -fanalyzer -Wno-analyzer-malloc-leak $analyse_flags -c \
        -o /dev/null "$1"
}

analyse_clang()
{
    clang --analyze -Xclang -analyzer-werror --analyzer-output text \
        $analyse_flags "$1"
}

analyse_tidy()
{
    clang-tidy --quiet "$1" -- $analyse_flags
}

analyse_cppcheck()
{
    cppcheck --quiet --std=c11 --enable=warning,performance,portability \
        --inline-suppr --error-exitcode=1 --suppress=missingInclude \
        -DHAVE_CONFIG_H -DWSN_INTERNAL -D__GNUC__ -DUINT_MAX=4294967295U \
        -Ibuild -Ilib -Iinclude -Icompat -I. "$1"
}

# ---- asking about all ------------------------------------------------------

# analyse_lane FUNCTION LANE - every so-manieth file; says each that is done.
# Without a finding in words a failure is one, too.
analyse_lane()
{
    awk -v jobs="$jobs" -v lane="$2" 'NR % jobs == lane' $analyse_dir/files |
        while read -r source; do
            "$1" "$source" >"$analyse_dir/lane-$2" 2>&1 ||
                grep -q ': error: ' "$analyse_dir/lane-$2" ||
                echo "$source: error: $1 failed" >>"$analyse_dir/lane-$2"
            cat "$analyse_dir/lane-$2" >>"$analyse_dir/$1.log"
            echo "$source"
        done
}

analyse_lanes()
{
    lane=0
    while [ $lane -lt "$jobs" ]; do
        analyse_lane "$1" $lane &
        lane=$((lane + 1))
    done
    wait
}

# Shows on a terminal how many files are done.
analyse_progress()
{
    done=0
    while read -r source; do
        done=$((done + 1))
        [ ! -t 1 ] || printf '\r%-28s %4d of %d files' "$1" $done "$files"
    done
    [ -t 1 ] || printf '%-28s %4d of %d files' "$1" $done "$files"
}

# analyser NAME PROGRAM FUNCTION - one tool and all files, and a line about it.
analyser()
{
    if ! command -v "$2" >/dev/null 2>&1; then
        echo "$1 is not installed"
        skipped=$((skipped + 1))
        return
    fi
    : >"$analyse_dir/$3.log"
    analyse_lanes "$3" | analyse_progress "$1"
    grep -E ': (warning|error|style|performance|portability): ' \
        "$analyse_dir/$3.log" | sort -u >"$analyse_dir/$3.found"
    findings=$(wc -l <"$analyse_dir/$3.found")
    echo "  $findings findings"
    cat "$analyse_dir/$3.found"
    if [ "$findings" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "The whole story is in $analyse_dir/$3.log."
    fi
}

analyse()
{
    trap say_count EXIT
    build analyse
    mkdir -p $analyse_dir
    find lib compat -name '*.c' | LC_ALL=C sort >$analyse_dir/files
    files=$(wc -l <$analyse_dir/files)
    analyser 'clang-tidy' clang-tidy analyse_tidy
    analyser 'cppcheck' cppcheck analyse_cppcheck
    analyser 'gcc -fanalyzer' gcc analyse_gcc
    analyser "clang's analyser" clang analyse_clang
    [ $failed -eq 0 ]
}
