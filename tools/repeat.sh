# repeat.sh - ./setup repeat N: the suites N times, to find the test that fails
# once in a while.  Read by setup, whose functions it uses.
#
# There is a lane for each processor, or four.  A lane makes every so-manieth
# run, each in an order of its own, so that suites meet that never met before.
# It ends at the first failure, whose log it shows.

repeat_dir=build/repeat
repeat_suites=fast-suites repeat_crowd=1 repeat_patience=1
repeat_build=build repeat_of='$(these_suites)'

# repeat_shuffled RUN - the suites in the order of that run.
repeat_shuffled()
{
    awk -v seed="$1" 'BEGIN { srand(seed) } { print rand(), $0 }' \
        $repeat_dir/suites | sort | cut -d ' ' -f 2
}

# repeat_run RUN LOG - all of them once, unless something has failed elsewhere.
repeat_run()
{
    for suite in $(repeat_shuffled "$1"); do
        [ ! -e $repeat_dir/stop ] || return
        (cd $repeat_build && exec "$suite") >"$2" 2>&1 && continue
        [ ! -e $repeat_dir/stop ] || return # it was interrupted, too
        : >$repeat_dir/stop
        cp "$2" $repeat_dir/flake.log
        echo "flake $1 $suite"
        return
    done
    echo "done $1"
}

# repeat_lane FIRST N - every run of one lane.
repeat_lane()
{
    run=$1
    while [ "$run" -le "$2" ] && [ ! -e $repeat_dir/stop ]; do
        repeat_run "$run" "$repeat_dir/lane-$1.log"
        run=$((run + repeat_lanes))
    done
}

# An interrupt ends every lane after the suite that it runs.
repeat_in_lanes()
{
    trap ': >$repeat_dir/stop' INT TERM
    lane=1
    while [ $lane -le "$repeat_lanes" ]; do
        repeat_lane $lane "$1" &
        lane=$((lane + 1))
    done
    wait
    wait # again, if the first one was interrupted
}

# On a terminal every run shows, elsewhere every fiftieth.
repeat_progress()
{
    if [ -t 1 ]; then
        printf '\r%6d of %d runs' "$1" "$2"
    elif [ $(($1 % 50)) -eq 0 ]; then
        echo "$1 of $2 runs"
    fi
}

# repeat_count N - reads what the lanes say; fails if there was a flake.
repeat_count()
{
    trap '' INT TERM # what was done is counted, too
    runs=0 flakes=0
    while read -r event run suite; do
        if [ "$event" = 'done' ]; then
            runs=$((runs + 1))
            repeat_progress $runs "$1"
        else
            flakes=$((flakes + 1))
            printf '\nIn run %d %s failed:\n' "$run" "$suite"
            cat $repeat_dir/flake.log
        fi
    done
    [ ! -t 1 ] || echo
    echo "$runs runs, $flakes flakes"
    [ $flakes -eq 0 ]
}

repeat_options()
{
    while [ $# -gt 1 ]; do
        case $1 in
            --all) repeat_suites=all-suites ;;
            --crowded) repeat_crowd=4 ;;
            --sanitize)
                shift
                repeat_sanitizer=$1 repeat_patience=5
                ;;
            *) die "repeat knows no '$1'" ;;
        esac
        shift
    done
    case ${1-} in
        '' | *[!0-9]*) die "how often?" ;;
    esac
    repeat_times=$1
}

repeat_prepare()
{
    build check
    if [ -n "${repeat_sanitizer-}" ]; then
        build_sanitized "$repeat_sanitizer"
        repeat_build=$sanitized
    fi
    [ "${repeat_sanitizer-}" != thread ] || repeat_of='$(thread_suites)'
    must 'Compiling the suites' compile-suites \
        "$make" -C $repeat_build -j"$jobs" check TESTS=
    mkdir -p $repeat_dir
    rm -f $repeat_dir/stop
    "$make" -s -C $repeat_build $repeat_suites repeated_suites="$repeat_of" \
        >$repeat_dir/suites
    # As "make check" does.
    top_srcdir=$(echo $repeat_build | sed 's,[^/][^/]*,..,g') top_builddir=.
    CK_TIMEOUT_MULTIPLIER=$((repeat_patience * repeat_crowd))
    export top_srcdir top_builddir CK_TIMEOUT_MULTIPLIER
}

# repeat [OPTION...] N
repeat()
{
    repeat_options "$@"
    repeat_prepare
    repeat_lanes=$((jobs * repeat_crowd))
    echo "$(wc -l <$repeat_dir/suites) suites, $repeat_lanes lanes"
    trap : INT TERM
    repeat_in_lanes "$repeat_times" | repeat_count "$repeat_times"
}
